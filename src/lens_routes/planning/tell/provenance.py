"""Say where the data behind a plan come from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lens_routes.plan.plan import Provenance
from lens_routes.text import wording
from lens_routes.text.language import tr
from lens_routes.timetable.feeds.known import known_at
from lens_routes.travel.rides import emissions

if TYPE_CHECKING:
    from lens_routes.catalogue.catalogue import Catalogue
    from lens_routes.planning.request import Request
    from lens_routes.planning.supplies import Supplies


def identity(catalogue: Catalogue) -> dict[str, Any]:
    """Return what tells a catalogue from others: whoever checks a plan needs the same one."""
    return {
        "title": catalogue.title,
        "places": len(catalogue.places),
        "sha256": catalogue.sha256,
    }


def provenance(supplies: Supplies, request: Request) -> tuple[Provenance, ...]:
    """Return the sources of the places, the streets or distances, and the timetables used."""
    catalogue, walking = supplies.catalogue, supplies.walking
    checked = max((place.checked for place in catalogue.places if place.checked), default=None)
    found = [
        Provenance(
            "places",
            catalogue.title,
            tr("checked up to {date}", date=wording.short_date(checked)) if checked else "",
            catalogue.attribution,
        )
    ]
    if walking.network is not None:
        source = walking.network.meta.source
        found.append(
            Provenance(
                "streets",
                source.label,
                tr("map of {date}", date=wording.short_date(source.map_date))
                if source.map_date
                else "",
                tr(walking.network.meta.licence) if walking.network.meta.licence else "",
            )
        )
    else:
        table = walking.tables[0]
        found.append(
            Provenance(
                "walking distances",
                tr(
                    "computed {date} by {program} from {map}",
                    date=wording.short_date(table.computed),
                    program=table.program,
                    map=table.map_name,
                ),
                tr("map of {date}", date=wording.short_date(table.map_date))
                if table.map_date
                else "",
                tr("© OpenStreetMap contributors, ODbL 1.0"),
            )
        )
    if request.mode == "transit" and supplies.timetables is not None:
        found += [
            Provenance(
                "timetable",
                f"{meta.name}, {meta.source.rpartition('/')[2]}",
                tr(
                    "{first} to {last}",
                    first=wording.short_date(meta.first_day),
                    last=wording.short_date(meta.last_day),
                ),
                ", ".join(filter(None, (meta.publisher, _licence(meta.source)))),
            )
            for meta in (timetable.meta for timetable in supplies.timetables.timetables)
        ]
        found.append(Provenance("emissions", emissions.source(), "", emissions.LICENCE))
    return tuple(found)


def _licence(source: str) -> str:
    feed = known_at(source)
    return feed.licence if feed else ""
