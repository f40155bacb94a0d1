"""What a person has done so far: the states of the day, back and forth, and which is saved."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

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
    """The states of a day, the one on the screen among them; ``changed`` is told of another."""

    states: list[State]
    at: int = 0
    kept: State | None = None
    changed: Callable[[], None] = lambda: None

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
        """Whether leaving would lose a plan, or marks that none was made of yet."""
        kept = self.kept or self.states[0]
        return self.plan != kept.plan or self.draft.marks != kept.draft.marks

    def change(self, draft: Draft) -> None:
        """Go on with another draft; the plan on the screen is of the one before."""
        if draft != self.draft:
            self.take(replace(self.now, draft=draft, fresh=False))

    def planned(self, draft: Draft, plan: Plan) -> None:
        """Go on with a plan made of a draft."""
        self.take(State(draft, plan, fresh=True))

    def take(self, state: State) -> None:
        """Go on with a state, unless it is the one on the screen."""
        if state != self.now:
            self.states[self.at + 1 :] = [state]
            self._to(self.at + 1)

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
        self.changed()
        return True
