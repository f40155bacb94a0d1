"""A plan as one web page that needs no other file and no network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens_routes.output.html.facts import Known
from lens_routes.output.html.ground import ground
from lens_routes.output.html.map_parts import map_region
from lens_routes.output.html.markup import SPACE, Markup, data, element, lines
from lens_routes.output.html.names import names
from lens_routes.output.html.rides import colour_rules
from lens_routes.output.html.shell import MAP_SCRIPTS, asset, document, map_library, map_style
from lens_routes.output.html.timetable import tabs, timetable
from lens_routes.output.html.tour import tour, walked
from lens_routes.output.shared import caption, in_hand
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lens_routes.catalogue.picture import Picture
    from lens_routes.catalogue.place import Place
    from lens_routes.output.html.tiles import Tiles
    from lens_routes.plan.basemap import BaseMap
    from lens_routes.plan.plan import Plan

#: How long a page should be; the base map takes what the rest leaves.
MOST_OCTETS = 2_000_000
#: How long the base map may be: more takes a slow phone seconds to load. A day on foot has 60 to
#: 160 kB of it; a day by train over 40 km gets less detail where nobody walks.
MOST_GROUND_OCTETS = 160_000


def dumps(
    plan: Plan,
    base: BaseMap | None = None,
    places: Mapping[str, Place] | None = None,
    tiles: Tiles | None = None,
    pictures: Mapping[str, Picture] | None = None,
) -> bytes:
    """Return *plan* as a page in the language in use.

    Parameters
    ----------
    plan
        The tour.
    base
        What the map is drawn on; None draws the tour alone.
    places
        The catalogue's places by id, for telephone numbers, websites, towns and the like.
    tiles
        An online map to show beneath; without one the page asks for nothing from anywhere.
    pictures
        Pictures of the places, by id.
    """
    known = Known(places or {}, pictures or {}, in_hand.tight_places(plan))
    body = lines(*_body(plan, base, known, tiles))
    script = "\n".join(map(asset, (*MAP_SCRIPTS, "page.js")))
    room = min(MOST_GROUND_OCTETS, MOST_OCTETS - len(body.encode()) - len(script.encode()))
    drawn = ground(base, walked(plan), room) if base else None
    return document(
        caption.title(plan),
        caption.day_line(plan.days[0]),
        (body, data("ground", drawn)),
        style=map_style("phone.css", "paper.css") + colour_rules(plan),
        scripts=(map_library(), script),
        pictures=tiles.host if tiles else "",
        program=plan.program,
    )


def _body(plan: Plan, base: BaseMap | None, known: Known, tiles: Tiles | None) -> Iterator[Markup]:
    yield element("a", tr("Skip to the timetable"), href="#timetable", class_="skip")
    yield element("header", element("h1", caption.title(plan), dir="auto"), tabs(plan))
    region = map_region(tr("The tour on a map"), base, tiles, legend=legend(plan))
    yield element("div", region, _main(plan, base, known), class_="columns")
    shown = {"days": tour(plan), "names": names(plan, known.places)}
    yield data("tour", {**shown, "tiles": tiles.template if tiles else None})


def legend(plan: Plan) -> list[tuple[str, str]]:
    """Return the signs of the map, each by its class, with what it means."""
    kinds = {line["kind"] for day in tour(plan) for leg in day["legs"] for line in leg["lines"]}
    stops = [stop.kind for day in plan.days for stop in day.stops]
    backs = [day.end.point == day.start.point for day in plan.days]
    signs = [
        ("start", tr("Start and end") if all(backs) else tr("Start"), True),
        ("end", tr("End"), not all(backs)),
        ("stop", tr("Visit"), "visit" in stops),
        ("break", tr("Break"), "break" in stops),
        ("walk", tr("On foot"), "walk" in kinds),
        ("bike", tr("By bike"), "bike" in kinds),
        ("car", tr("By car"), "car" in kinds),
        ("ride", tr("By train or bus"), "ride" in kinds),
        ("guess", tr("Direction only"), "guess" in kinds),
    ]
    return [(sign, words) for sign, words, there in signs if there]


def _main(plan: Plan, base: BaseMap | None, known: Known) -> Markup:
    return element(
        "main",
        lines(
            *_notices(plan, base),
            timetable(plan, known),
            *_left_out(plan),
            element("footer", element("p", caption.attribution(plan), dir="auto")),
        ),
        id="timetable",
        tabindex="-1",
        aria_label=tr("Timetable"),
    )


def _notices(plan: Plan, base: BaseMap | None) -> Iterator[Markup]:
    """Yield what to know before one sets out."""
    notices = [*plan.warnings]
    if missing := caption.untraced(plan):
        notices.append(caption.lines_missing(missing))
        notices.append(tr("The dashed lines only join the stops; they are not the way to go."))
    if base is None or not base.lines:
        notices.append(tr("The map shows the tour alone: the streets around are not installed."))
    if notices:
        yield element(
            "aside",
            element("h2", tr("Good to know"), id="notices-title"),
            element("ul", *(element("li", notice, dir="auto") for notice in notices)),
            class_="notices",
            aria_labelledby="notices-title",
        )


def _left_out(plan: Plan) -> Iterator[Markup]:
    if plan.left_out:
        yield element(
            "details",
            element("summary", tr("Left out"), SPACE, element("small", str(len(plan.left_out)))),
            element(
                "ul", *(element("li", caption.left_out(item), dir="auto") for item in plan.left_out)
            ),
            class_="left-out",
        )
