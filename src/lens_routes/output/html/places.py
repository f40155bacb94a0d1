"""All places of a catalogue as one page: a map, a list, themes, a search, the hours of each day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lens_routes.output.html.facts import entry, figure, found, phone
from lens_routes.output.html.ground import ground
from lens_routes.output.html.map_parts import map_region
from lens_routes.output.html.markup import SPACE, Markup, count, data, element, lines
from lens_routes.output.html.names import towns
from lens_routes.output.html.page import MOST_GROUND_OCTETS
from lens_routes.output.html.shell import MAP_SCRIPTS, asset, document, map_library, map_style
from lens_routes.output.shared import caption, opening
from lens_routes.text import wording
from lens_routes.text.language import in_use, joined, text_in, tr, trn

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from lens_routes.catalogue.catalogue import Catalogue
    from lens_routes.catalogue.hours import DayOpening
    from lens_routes.catalogue.picture import Picture
    from lens_routes.catalogue.place import Place
    from lens_routes.plan.basemap import BaseMap


def dumps(
    catalogue: Catalogue,
    base: BaseMap | None,
    first: dt.date,
    openings: Mapping[str, Sequence[DayOpening]],
    program: str,
    pictures: Mapping[str, Picture] | None = None,
) -> bytes:
    """Return the places of a catalogue as a page in the language in use.

    Parameters
    ----------
    catalogue
        The places.
    base
        What the map is drawn on; None draws the places alone.
    first, openings
        The first of the days whose hours the page knows, and the opening of each place, by its id,
        on that day and those that follow.
    program
        What made it.
    pictures
        Those of the places, by id.
    """
    shown = [place for place in catalogue.places if place.status != "closed"]
    title = text_in(catalogue.title, in_use())
    words = {
        "places": [[place.id, round(place.lat, 5), round(place.lon, 5)] for place in shown],
        "names": {
            "points": [
                {"kind": "town", "name": name, "at": [point.lat, point.lon]}
                for name, point in towns(shown)
            ],
            "streets": [],
        },
        "hours": _hours(shown, openings),
        "first": first.isoformat(),
    }
    script = "\n".join(map(asset, (*MAP_SCRIPTS, "places.js")))
    drawn = ground(base, [], MOST_GROUND_OCTETS) if base else None
    body = lines(
        element("a", tr("Skip to the places"), href="#places", class_="skip"),
        element(
            "header",
            element("h1", title, dir="auto"),
            count(len(shown), _counted),
        ),
        element(
            "div",
            map_region(tr("The places on a map"), base, whole=tr("Show all places")),
            _main(catalogue, shown, pictures or {}),
            class_="columns",
        ),
        data("catalogue", words),
        data("ground", drawn),
    )
    return document(
        title,
        joined(": ", (title, _counted(len(shown)))),
        (body,),
        style=map_style("phone.css", "places.css"),
        scripts=(map_library(), script),
        program=program,
    )


def _counted(number: int) -> str:
    return trn("{n} place", "{n} places", number)


def surroundings(catalogue: Catalogue) -> tuple[float, float, float, float]:
    """Return the west, south, east and north of what the map shows, in degrees."""
    lons = [place.lon for place in catalogue.places]
    lats = [place.lat for place in catalogue.places]
    lon, lat = (max(lons) - min(lons)) * 0.1 + 0.01, (max(lats) - min(lats)) * 0.1 + 0.01
    return min(lons) - lon, min(lats) - lat, max(lons) + lon, max(lats) + lat


def _hours(places: Sequence[Place], openings: Mapping[str, Sequence[DayOpening]]) -> dict[str, Any]:
    """Return the hours of each place on each day, as numbers of texts that are said once."""
    texts: dict[tuple[str, str], int] = {}
    days = []
    for place in places:
        row = []
        for day in openings[place.id]:
            said = text_in(tr("Today: {hours}", hours=opening.on_day(place, day)), in_use())
            state = day.state.value if day.windows else "closed"
            row.append(texts.setdefault((state, said), len(texts)))
        days.append(row)
    return {"texts": [list(text) for text in texts], "days": days}


def _main(catalogue: Catalogue, places: Sequence[Place], pictures: Mapping[str, Picture]) -> Markup:
    used = {theme for place in places for theme in place.themes}
    themes = [theme for theme in catalogue.themes if theme.id in used]
    rows = [_row(place, pictures.get(place.id)) for place in places]
    return element(
        "main",
        element(
            "form",
            element("label", tr("Search"), for_="search"),
            element("input", type="search", id="search", autocomplete="off"),
            element(
                "div",
                *(
                    element(
                        "button",
                        wording.sentence(theme.said),
                        type="button",
                        aria_pressed="false",
                        data_theme=theme.id,
                    )
                    for theme in themes
                ),
                role="group",
                aria_label=tr("Themes"),
                class_="chips",
            ),
            element(
                "label",
                element("input", type="checkbox", id="open-today"),
                SPACE,
                tr("Open today"),
                class_="tick",
            ),
            class_="filters",
            role="search",
        ),
        element("ol", lines(*rows), class_="places", role="list"),
        element("footer", element("p", _credits(catalogue), dir="auto")),
        id="places",
        tabindex="-1",
        aria_label=tr("Places"),
    )


def _row(place: Place, picture: Picture | None) -> Markup:
    about = text_in(place.description, in_use())
    why = caption.first_sentence(about)
    rest = about.removeprefix(why).strip()
    facts = [wording.sentence(place.kind_name), place.commune, entry(place)]
    return element(
        "li",
        element("h2", element("button", element("bdi", place.name), type="button", class_="pick")),
        element("p", joined(" · ", [fact for fact in facts if fact]), class_="fine"),
        element("p", why, class_="why", dir="auto") if why else "",
        element("p", class_="today"),
        figure(place.name, picture),
        element("p", phone(place.phone), class_="call") if place.phone else "",
        found(
            place.name,
            place.lon,
            place.lat,
            place,
            element("p", rest, class_="about", dir="auto") if rest else "",
        ),
        id=f"place-{place.id}",
        class_="place",
        data_themes=" ".join(place.themes),
    )


def _credits(catalogue: Catalogue) -> str:
    said = (catalogue.attribution, catalogue.licence)
    return joined(" ", [_sentence(text) for text in said if text])


def _sentence(text: str) -> str:
    return text if text.endswith(".") else joined("", (text, "."))
