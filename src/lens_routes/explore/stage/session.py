"""What a person has done so far: the states of the day, back and forth, and which is saved."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lens_routes.library import Draft
    from lens_routes.plan.plan import Plan


@dataclass(frozen=True, slots=True)
class State:
    """A draft, and the plan that was made of it or of one before; ``fresh``: of this very one."""

    draft: Draft
    plan: Plan | None = None
    fresh: bool = False


@dataclass
class Session:
    """The states of a day, the one on the screen among them."""

    states: list[State]
    at: int = 0
    kept: Plan | None = field(default=None)

    @property
    def now(self) -> State:
        """The state on the screen."""
        return self.states[self.at]

    @property
    def plan(self) -> Plan | None:
        """The plan on the screen."""
        return self.now.plan

    @property
    def draft(self) -> Draft:
        """The draft on the screen."""
        return self.now.draft

    @property
    def unkept(self) -> bool:
        """Whether leaving would lose a plan."""
        return self.plan is not None and self.plan != self.kept

    def change(self, draft: Draft) -> None:
        """Go on with another draft; the plan on the screen is of the one before."""
        if draft != self.draft:
            self._go_on(replace(self.now, draft=draft, fresh=False))

    def planned(self, draft: Draft, plan: Plan) -> None:
        """Go on with a plan made of a draft."""
        state = State(draft, plan, fresh=True)
        if draft == self.draft and not self.now.fresh:
            self.states[self.at :] = [state]
        else:
            self._go_on(state)

    def undo(self) -> bool:
        """Go one state back; tell whether there was one."""
        return self._to(self.at - 1)

    def redo(self) -> bool:
        """Go one state forth; tell whether there was one."""
        return self._to(self.at + 1)

    def _to(self, index: int) -> bool:
        if not 0 <= index < len(self.states):
            return False
        self.at = index
        return True

    def _go_on(self, state: State) -> None:
        self.states[self.at + 1 :] = [state]
        self.at += 1
