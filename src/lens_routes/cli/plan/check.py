"""The command that checks a saved plan, and says how good its days are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from lens_routes.cli.frame import console, options, resources
from lens_routes.errors import BadInputError
from lens_routes.text.language import joined, tr, trn

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lens_routes.catalogue.catalogue import Catalogue
    from lens_routes.judge.grade.grade import TourGrade
    from lens_routes.timetable.network.timetable import Timetable


def check(
    file: Annotated[Path, typer.Argument(help="A plan saved with plan --save.")],
    graded: Annotated[
        bool,
        typer.Option("--grade", help="Also tell how good its days are, by figures and in a word."),
    ] = False,
    places: options.Places = None,
    as_json: options.Json = False,
) -> None:
    """Check a saved plan against every rule.

    The check owes nothing to the planner.
    """
    from lens_routes.judge.grade.say import lines
    from lens_routes.judge.grade.say import to_document as as_document
    from lens_routes.judge.judge import judge
    from lens_routes.plan.document import load

    document, catalogue = load(file), resources.load_catalogue(places)
    timetables = _installed(document)
    faults = judge(document, catalogue, timetables)
    if faults:
        listed = joined(
            "\n",
            [
                tr("  {where}: {problem}", where=fault.path, problem=fault.message)
                for fault in faults
            ],
        )
        raise BadInputError(
            trn(
                "{file} breaks {n} rule:\n{listed}",
                "{file} breaks {n} rules:\n{listed}",
                len(faults),
                file=file,
                listed=listed,
            ),
            details=[{"where": fault.path, "problem": fault.message} for fault in faults],
        )
    _tell_unchecked(document, timetables)
    found = _graded(document, catalogue) if graded else None
    if as_json:
        valid = {"schema": "lens-routes/check/1", "file": str(file), "valid": True}
        console.print_json(valid if found is None else {**valid, "grade": as_document(found)})
        return
    console.answer(tr("{file} keeps every rule.", file=file))
    for line in () if found is None else lines(found):
        console.answer(line)


def _graded(document: Mapping[str, Any], catalogue: Catalogue) -> TourGrade:
    from lens_routes.judge.grade.grade import grade

    return grade(document, catalogue, resources.open_walking(catalogue).matrix)


def _installed(document: Mapping[str, Any]) -> list[Timetable]:
    """Return the installed timetables that can be read, for a plan that may have rides."""
    request = document.get("request")
    if not isinstance(request, dict) or request.get("mode") != "transit":
        return []
    from lens_routes.errors import NotInstalledError
    from lens_routes.timetable.network import installed, store

    found = []
    for name in installed.names():
        try:
            found.append(store.load(installed.path_of(name)))
        except NotInstalledError as error:
            console.say(error.message)
    return found


def _tell_unchecked(document: Mapping[str, Any], timetables: Sequence[Timetable]) -> None:
    """Say which rides of a plan that keeps the rules were not looked up in their timetable."""
    rides = [ride for day in document["days"] for leg in day["legs"] for ride in leg["rides"]]
    known = {timetable.meta.name for timetable in timetables}
    if missing := sorted({str(ride.get("feed")) for ride in rides} - known):
        console.say(
            tr(
                "Not looked up, for want of the timetable: the rides of {feeds}.",
                feeds=", ".join(missing),
            )
        )
