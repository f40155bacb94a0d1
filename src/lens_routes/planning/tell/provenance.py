"""Say where the data behind a plan come from."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from lens_routes.plan.grade import Grade
from lens_routes.plan.plan import Provenance
from lens_routes.plan.waypoint import Waypoint
from lens_routes.text import wording
from lens_routes.text.language import tr
from lens_routes.timetable.feeds.known import known_at
from lens_routes.travel.rides import emissions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lens_routes.catalogue.catalogue import Catalogue
    from lens_routes.plan.leg import Leg
    from lens_routes.plan.plan import Day
    from lens_routes.planning.request import Request
    from lens_routes.planning.supplies import Supplies
    from lens_routes.streets.network.network import Meta
    from lens_routes.text.language import Said
    from lens_routes.timetable.network.timetable import Meta as TimetableMeta
    from lens_routes.travel.tables.table import WayTable
    from lens_routes.travel.walking import Walking

#: What tables of ways by a mode are called among the sources.
_DISTANCES = {
    "walk": "walking distances",
    "bike": "cycling distances",
    "car": "driving distances",
}


def identity(catalogue: Catalogue) -> dict[str, Any]:
    """Return what tells a catalogue from others: whoever checks a plan needs the same one."""
    return {
        "title": catalogue.title,
        "places": len(catalogue.places),
        "sha256": catalogue.sha256,
    }


def provenance(supplies: Supplies, request: Request, days: Sequence[Day]) -> tuple[Provenance, ...]:
    """Return the sources of what the days were made of: places, streets, tables, timetables."""
    catalogue = supplies.catalogue
    checked = max((place.checked for place in catalogue.places if place.checked), default=None)
    found = [
        Provenance(
            "places",
            catalogue.title,
            tr("checked up to {date}", date=wording.short_date(checked)) if checked else "",
            catalogue.attribution,
        )
    ]
    tables = supplies.walking.tables
    if request.vehicle is not None:
        tables += supplies.driving(request.mode, request.stress).tables
    found += dict.fromkeys(
        source
        for day in days
        for pair, leg in _ways(day)
        for source in _measured(pair, leg, tables, supplies.walking)
    )
    if request.mode == "transit" and supplies.timetables is not None:
        found += [_timetable(timetable.meta) for timetable in supplies.timetables.timetables]
    if request.mode != "walk" and catalogue.country in emissions.COUNTRIES:
        found.append(Provenance("emissions", emissions.source(), "", emissions.LICENCE))
    return tuple(found)


def _ways(day: Day) -> Iterator[tuple[tuple[Waypoint, Waypoint], Leg]]:
    """Yield the ways of a day with the points that they lead between."""
    stops = [Waypoint(stop.name, stop.lon, stop.lat, stop.place) for stop in day.stops]
    return zip(pairwise([day.start, *stops, day.end]), day.legs, strict=True)


def _measured(
    ends: tuple[Waypoint, Waypoint], leg: Leg, tables: Sequence[WayTable], walking: Walking
) -> Iterator[Provenance]:
    """Yield what the length of a way comes from; an estimate comes from nothing."""
    # Walks to stops are in no table.
    known = [table for table in tables if table.mode == leg.mode and not leg.rides]
    for part in leg.parts or (leg,):
        if part.rides or not part.distance_m or part.source is Grade.ESTIMATE:
            continue
        if part.source is Grade.TABLE and (table := _table(ends, known)):
            yield _of_table(table)
        elif walking.network is not None:
            yield _of_streets(walking.network.meta)
        if part.ascent_m is not None and walking.network is not None:
            yield _of_heights(walking.network.meta)


def _table(ends: Sequence[Waypoint], tables: Sequence[WayTable]) -> WayTable | None:
    """Return the first table that knows both ends of a way."""
    known = (table for table in tables if all(table.knows(end.id, end.point) for end in ends))
    return next(known, None)


def _of_streets(meta: Meta) -> Provenance:
    return Provenance(
        "streets",
        meta.source.label,
        _map_of(meta.source.map_date),
        tr(meta.licence) if meta.licence else "",
    )


def _of_heights(meta: Meta) -> Provenance:
    error = tr("± {error} m", error=wording.number(meta.heights_plus_minus_m))
    return Provenance("heights", meta.heights, error, "")


def _of_table(table: WayTable) -> Provenance:
    said = tr(
        "computed {date} by {program} from {map}",
        date=wording.short_date(table.computed),
        program=table.program,
        map=table.map_name,
    )
    if table.unknown:
        said = tr("{source}; {unknown}", source=said, unknown=tr(table.unknown))
    return Provenance(
        _DISTANCES[table.mode],
        said,
        _map_of(table.map_date),
        tr("© OpenStreetMap contributors, ODbL 1.0"),
    )


def _map_of(date: str) -> Said | str:
    return tr("map of {date}", date=wording.short_date(date)) if date else ""


def _timetable(meta: TimetableMeta) -> Provenance:
    return Provenance(
        "timetable",
        f"{meta.name}, {meta.source.rpartition('/')[2]}",
        tr(
            "{first} to {last}",
            first=wording.short_date(meta.first_day),
            last=wording.short_date(meta.last_day),
        ),
        ", ".join(filter(None, (meta.publisher, _licence(meta.source)))),
    )


def _licence(source: str) -> str:
    feed = known_at(source)
    return feed.licence if feed else ""
