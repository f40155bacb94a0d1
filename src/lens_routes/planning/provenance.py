"""Say where the data behind a plan come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens_routes.plan import Provenance

if TYPE_CHECKING:
    from lens_routes.planning.flow import Supplies
    from lens_routes.planning.request import Request


def provenance(supplies: Supplies, request: Request) -> tuple[Provenance, ...]:
    """Return the sources of the places, the streets or distances, and the timetables used."""
    catalogue, walking = supplies.catalogue, supplies.walking
    checked = max((place.checked for place in catalogue.places if place.checked), default=None)
    found = [
        Provenance(
            "places",
            catalogue.title,
            f"checked up to {checked.isoformat()}" if checked else "",
            catalogue.attribution,
        )
    ]
    if walking.network is not None:
        source = walking.network.meta.source
        found.append(
            Provenance(
                "streets",
                source.label,
                f"map of {source.map_date}" if source.map_date else "",
                walking.network.meta.licence,
            )
        )
    else:
        table = walking.tables[0]
        found.append(
            Provenance(
                "walking distances",
                f"computed {table.computed} by {table.program} from {table.map_name}",
                f"map of {table.map_date}" if table.map_date else "",
                "© OpenStreetMap contributors, ODbL 1.0",
            )
        )
    if request.mode == "transit" and supplies.timetables is not None:
        found += [
            Provenance(
                "timetable",
                f"{meta.name}, {meta.source.rpartition('/')[2]}",
                f"{meta.first_day} to {meta.last_day}",
                meta.publisher,
            )
            for meta in (timetable.meta for timetable in supplies.timetables.timetables)
        ]
    return tuple(found)
