"""Where a finished plan goes: to files, to stdout as JSON or GPX, or to the person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lens_routes.cli.frame import console
from lens_routes.errors import UsageError
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from lens_routes.plan.plan import Day, Plan
    from lens_routes.planning.alternatives import Alternative
    from lens_routes.streets.network.network import Network


@dataclass(frozen=True, slots=True)
class Outputs:
    """Where a plan goes: GPX and JSON files, or stdout as JSON, or as text.

    Raises
    ------
    UsageError
        Two of them want stdout.
    """

    gpx: Path | None
    save: Path | None
    steps: bool
    as_json: bool
    show_map: bool = False
    why: bool = False

    def __post_init__(self) -> None:
        if str(self.gpx) == "-" and (self.as_json or str(self.save) == "-"):
            raise UsageError(
                tr("--gpx - and the plan's JSON both want stdout."),
                tr("Write one of them to a file."),
            )

    def hand_out(
        self, best: Plan, others: Sequence[Alternative], network: Network | None = None
    ) -> None:
        """Write the files, then answer on stdout; a map is drawn on the streets of *network*."""
        if self.save is not None and str(self.save) != "-":
            from lens_routes.files.storage import write_text

            write_text(self.save, _document(best, others))
        if self.gpx is not None:
            _write_gpx(best, self.gpx)
        if str(self.gpx) == "-":
            return
        if self.as_json or str(self.save) == "-":
            console.write_bytes(_document(best, others).encode())
        else:
            self._print(best, others, network)

    def _print(self, best: Plan, others: Sequence[Alternative], network: Network | None) -> None:
        from lens_routes.output.terminal.lines import Look
        from lens_routes.output.terminal.plan import render_alternative, render_day, render_rest

        look = Look(console.width(), steps=self.steps, why=self.why)
        untraced = [leg for day in best.days for leg in day.legs if not leg.geometry]
        if self.steps and any(leg.distance_m > 0 for leg in untraced):
            console.say(tr("Some walks leave the installed streets; they come without directions."))
        for number, day in enumerate(best.days):
            if number:
                console.answer("")
            console.print_lines(render_day(best, day, look))
            if self.show_map:
                _print_map(day, network)
        console.print_lines(render_rest(best, look))
        for number, other in enumerate(others, 1):
            console.print_lines(render_alternative(number, other.differs, other.plan, look))


def _document(best: Plan, others: Sequence[Alternative]) -> str:
    from lens_routes.plan.document import dumps, to_document

    document = to_document(best)
    document["alternatives"] = [
        {"differs": other.differs, "plan": to_document(other.plan)} for other in others
    ]
    return dumps(document)


def _print_map(day: Day, network: Network | None) -> None:
    from lens_routes.cli.frame.maps import print_map
    from lens_routes.output.terminal_map.sketch import of_day

    print_map(of_day(day), network)


def _write_gpx(plan: Plan, file: Path) -> None:
    from lens_routes.files.storage import atomic_file
    from lens_routes.output.gpx import gpx

    data = gpx.dumps(plan)
    if str(file) == "-":
        console.write_bytes(data)
        return
    with atomic_file(file) as stream:
        stream.write(data)
