"""``places check``: what deserves a look in a catalogue that is sound."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from lens_routes.cli.frame import console, options, resources
from lens_routes.errors import BadInputError, LensRoutesError
from lens_routes.text.language import joined, tr, trn

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lens_routes.catalogue.check.review import Finding
    from lens_routes.geo import Point


def check_places(
    stale: Annotated[
        str, typer.Option(help="Opening hours of older evidence than this are stale: 1y, 6mo, 90d.")
    ] = "1y",
    strict: Annotated[
        bool, typer.Option("--strict", help="Fail where anything is found, for automatic checks.")
    ] = False,
    places: options.Places = None,
    as_json: options.Json = False,
) -> None:
    """Find what deserves a look in a catalogue.

    Old hours, twins, stray positions, texts that deny the hours.
    """
    from lens_routes.catalogue.check.review import parse_age, review

    oldest = parse_age(stale, "--stale")
    catalogue = resources.load_catalogue(places)
    today = console.now(catalogue.timezone).date()
    gap_m = _gap()
    with console.waiting(tr("Looking through the places")):
        findings = review(catalogue, today, oldest, gap_m)
    records = [
        {"kind": item.kind.value, "places": list(item.places), "message": item.message}
        for item in findings
    ]
    if findings and strict:
        found = trn("{n} finding", "{n} findings", len(findings))
        listed = joined("\n", _lines(findings))
        raise BadInputError(
            joined("\n", [tr("{file}: {found}.", file=catalogue.path, found=found), listed]),
            details=records,
        )
    if as_json:
        console.print_json(
            {
                "schema": "lens-routes/places-check/1",
                "file": str(catalogue.path),
                "streets": gap_m is not None,
                "findings": records,
            }
        )
        return
    for line in _lines(findings):
        console.answer(line)
    if gap_m is None:
        console.say(tr("Positions were not compared with streets: none are installed."))
    if not findings:
        console.answer(tr("Nothing deserves a look in {file}.", file=catalogue.path))


def _lines(findings: Sequence[Finding]) -> list[str]:
    from lens_routes.catalogue.check.review import Kind

    kinds = {
        Kind.STALE: tr("old hours"),
        Kind.DUPLICATE: tr("twins"),
        Kind.OFF_STREET: tr("position"),
        Kind.CONTRADICTION: tr("contradiction"),
    }
    return [
        tr(
            "{kind}: {message} [{places}]",
            kind=kinds[item.kind],
            message=item.message,
            places=", ".join(item.places),
        )
        for item in findings
    ]


def _gap() -> Callable[[Point], float | None] | None:
    """Return how far a point is from the installed streets, None where there are none."""
    from lens_routes.streets.network import store

    try:
        network = store.load(store.default_path())
    except LensRoutesError:
        return None
    from lens_routes.streets.profiles.foot import FOOT
    from lens_routes.streets.route.snap import snap

    west, south, east, north = network.meta.bbox

    def gap_m(point: Point) -> float | None:
        if not (west <= point.lon <= east and south <= point.lat <= north):
            return None
        return snap(network, point, FOOT).gap_m

    return gap_m
