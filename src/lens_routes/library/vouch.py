"""Have the independent checker judge every tour before anybody sees it.

Where it objects, the next best tour that it accepts is offered, and a report of the refused kept.
"""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING, NamedTuple

from lens_routes.errors import InfeasibleError
from lens_routes.files.fault_report import write_report
from lens_routes.text.expressions import expression
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from lens_routes.catalogue.catalogue import Catalogue
    from lens_routes.judge.shape import Fault
    from lens_routes.plan.plan import Plan
    from lens_routes.timetable.network.network import Network

    #: Makes a tour without some places.
    Make = Callable[[frozenset[str]], Plan]

#: So many tours may be refused before the program is at a loss.
MOST_TRIES = 4
_STOP_OR_LEG = expression(r"days\[(\d+)\]\.(?:stops|legs)\[(\d+)\]")


class Checker(NamedTuple):
    """The independent checker over what a tour was planned with."""

    catalogue: Catalogue
    timetables: Network | None = None
    tell: Callable[[str], None] = lambda _message: None

    def accepts(self, plan: Plan) -> bool:
        """Tell whether a tour keeps every rule; where not, say so and keep a report."""
        return not self._faults(plan)

    def vouched(
        self,
        make: Make,
        required: frozenset[str] = frozenset(),
        simpler: Callable[[], Plan] | None = None,
    ) -> Plan:
        """Return the best tour that keeps every rule.

        Parameters
        ----------
        make
            Makes a tour without the places given.
        required
            Places that no tour may be without.
        simpler
            Makes the tour to try where that comes to nothing.

        Raises
        ------
        InfeasibleError
            There is no tour at all.
        AssertionError
            The checker accepts none.
        """
        without: frozenset[str] = frozenset()
        plan = make(without)
        faults = first = self._faults(plan)
        with contextlib.suppress(InfeasibleError):
            for _ in range(MOST_TRIES):
                place = next((p for p in _at_fault(plan, faults) if p not in required), None)
                if not faults or place is None:
                    break
                without |= {place}
                plan = make(without)
                faults = self._faults(plan)
        if not faults:
            return plan
        with contextlib.suppress(InfeasibleError):
            if simpler is not None and self.accepts(plan := simpler()):
                return plan
        raise AssertionError(f"no tour keeps the rules: {first[0]}")

    def _faults(self, plan: Plan) -> list[Fault]:
        from lens_routes.judge.judge import judge
        from lens_routes.plan.document import to_document

        document = to_document(plan, translated=False)
        feeds = () if self.timetables is None else self.timetables.timetables
        faults = judge(document, self.catalogue, feeds)
        if faults:
            listed = "\n".join(map(str, faults))
            where = write_report(f"{listed}\n\n{json.dumps(document, indent=1)}\n")
            self.tell(
                tr(
                    "A tour was refused by the program’s own checker, and another is looked for."
                    " Please send its report to the makers: {where}",
                    where=where,
                )
            )
        return faults


def _at_fault(plan: Plan, faults: Sequence[Fault]) -> Iterator[str]:
    """Yield the places of a tour, those nearest to its first fault first."""
    named = next(filter(None, (_STOP_OR_LEG.search(fault.path) for fault in faults)), None)
    day, number = (int(named[1]), int(named[2])) if named else (len(plan.days) - 1, 0)
    stops = [
        (abs(d - day), abs(n - number), stop.place)
        for d, one in enumerate(plan.days)
        for n, stop in enumerate(one.stops)
        if stop.place
    ]
    yield from (place for _, _, place in sorted(stops))
