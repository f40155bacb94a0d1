"""``reach``: how far one gets within a time, as a map and as an area."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lens_routes.cli.frame import console, options, resources
from lens_routes.errors import UsageError
from lens_routes.text import wording
from lens_routes.text.language import joined, tr, trn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lens_routes.planning.around.reach import Reached

#: So many places are named.
MOST_NAMED = 10


def reach(
    where: Annotated[str, typer.Argument(help="A place, or latitude,longitude.")],
    within: Annotated[str, typer.Option(help="How long: 30min or 1h.")] = "30min",
    mode: Annotated[str, typer.Option(help="How one goes: walk, bike or car.")] = "walk",
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Write the area as GeoJSON to this file."),
    ] = None,
    show_map: options.ShowMap = False,
    pace: options.Pace = "normal",
    places: options.Places = None,
    online: options.Online = False,
    as_json: options.Json = False,
) -> None:
    """Show how far one gets from a place within a time.

    Needs the streets of the map.
    """
    import json

    from lens_routes.cli.frame.maps import print_map
    from lens_routes.files.storage import write_text
    from lens_routes.output.terminal_map.sketch import of_area
    from lens_routes.plan.document import waypoint_document
    from lens_routes.planning.around.reach import feature, reached
    from lens_routes.text.quantities.lengths import parse_duration
    from lens_routes.travel.foot.pace import parse_pace
    from lens_routes.travel.ways import PROFILES, way_called

    way = way_called(mode)
    if way not in PROFILES:
        raise UsageError(
            tr("--mode {mode} has no reach of its own.", mode=mode), tr("Choose walk, bike or car.")
        )
    seconds = 60 * parse_duration(within, "--within")
    pace_kmh = parse_pace(pace) if way == "walk" else None
    catalogue = resources.load_catalogue(places)
    origin = resources.locate(where, catalogue, online=online)
    walking = resources.open_walking(catalogue)
    found = reached(origin, seconds, way, walking, catalogue, pace_kmh)
    if output is not None:
        collection = {"type": "FeatureCollection", "features": [feature(found)]}
        write_text(output, json.dumps(collection, ensure_ascii=False) + "\n")
    if as_json:
        console.print_json(
            {
                "schema": "lens-routes/reach/1",
                "origin": waypoint_document(origin),
                "mode": way,
                "within_s": seconds,
                "area_km2": found.area_km2,
                "places": [{"place": place.id, "name": place.name} for place in found.places],
                "area": feature(found),
            }
        )
        return
    for line in _lines(found):
        console.answer(line)
    if show_map:
        print_map(of_area(origin, found.outline), walking.network)


def _lines(found: Reached) -> Iterator[str]:
    facts = {
        "duration": wording.duration(found.seconds),
        "place": found.origin.name,
        "area": wording.number(found.area_km2, 1),
    }
    yield {
        "walk": tr("Within {duration} on foot of {place}: {area} km².", **facts),
        "bike": tr("Within {duration} by bike of {place}: {area} km².", **facts),
        "car": tr("Within about {duration} by car of {place}: {area} km².", **facts),
    }[found.mode]
    many = len(found.places)
    names = joined(", ", [place.name for place in found.places[:MOST_NAMED]])
    if (more := many - MOST_NAMED) > 0:
        names = trn("{first} and {n} more", "{first} and {n} more", more, first=names)
    if many:
        yield trn("{n} place: {names}.", "{n} places: {names}.", many, names=names)
