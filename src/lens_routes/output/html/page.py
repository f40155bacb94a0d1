"""A plan as one web page that needs no other file and no network."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from lens_routes.output.html.ground import ground
from lens_routes.output.html.markup import SPACE, Markup, data, element, fingerprint, lines, raw
from lens_routes.output.html.rides import colour_rules
from lens_routes.output.html.timetable import tabs, timetable
from lens_routes.output.html.tour import tour, walked
from lens_routes.output.shared import caption
from lens_routes.text.language import in_use, tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lens_routes.catalogue.place import Place
    from lens_routes.output.html.tiles import Tiles
    from lens_routes.plan.basemap import BaseMap
    from lens_routes.plan.plan import Plan

ASSETS = Path(__file__).with_name("assets")
#: In the order in which each builds on those before it.
SCRIPTS = ("lines.js", "labels.js", "ground.js", "page.js")
STYLES = ("colours.css", "page.css", "map.css", "phone.css", "paper.css")
#: How long a page should be; the base map takes what the rest leaves.
MOST_OCTETS = 2_000_000
#: How long the base map may be: more takes a slow phone seconds to draw. A day on foot has 80 to
#: 220 kB of it; a day by train over 40 km gets less detail where nobody walks.
MOST_GROUND_OCTETS = 300_000

_OSM = "https://www.openstreetmap.org/copyright"
#: Declarations that would fetch a file.
_FETCHING = re.compile(r"[^;{}]*url\([^)]*\)[^;}]*;?")


def dumps(
    plan: Plan,
    base: BaseMap | None = None,
    places: Mapping[str, Place] | None = None,
    tiles: Tiles | None = None,
) -> bytes:
    """Return *plan* as a page in the language in use.

    Parameters
    ----------
    plan
        The tour.
    base
        What the map is drawn on; None draws the tour alone.
    places
        The catalogue's places by id, for telephone numbers, websites and the like.
    tiles
        An online map to show beneath; without one the page asks for nothing from anywhere.
    """
    script = _script()
    style = _style() + colour_rules(plan)
    page = lines(
        Markup("<!DOCTYPE html>"),
        Markup(f'<html lang="{in_use()}">'),
        _head(plan, script, style, tiles),
        Markup("<body>"),
        *_body(plan, base, places or {}, tiles),
        data("tour", {"days": tour(plan), "tiles": tiles.template if tiles else None}),
    )
    room = min(MOST_GROUND_OCTETS, MOST_OCTETS - len(page.encode()) - len(script.encode()))
    page = lines(
        page,
        data("ground", ground(base, walked(plan), room) if base else None),
        raw("script", script),
        Markup("</body>"),
        Markup("</html>"),
    )
    return f"{page}\n".encode()


def _script() -> str:
    library = _asset("leaflet.js").replace("//# sourceMappingURL=leaflet.js.map", "")
    licence = _asset("leaflet-LICENSE.txt")
    return "\n".join([f"/*\n{licence}*/", library, *map(_asset, SCRIPTS)])


def _style() -> str:
    return "\n".join([_FETCHING.sub("", _asset("leaflet.css")), *map(_asset, STYLES)])


def _asset(name: str) -> str:
    return (ASSETS / name).read_text(encoding="utf-8")


def _head(plan: Plan, script: str, style: str, tiles: Tiles | None) -> Markup:
    pictures = f"data: {tiles.host}" if tiles else "data:"
    policy = (
        f"default-src 'none'; script-src {fingerprint(script)}; style-src {fingerprint(style)};"
        f" img-src {pictures}; base-uri 'none'; form-action 'none'"
    )
    return lines(
        Markup("<head>"),
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=policy),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("meta", name="generator", content=plan.program),
        # Without an icon of its own a browser asks the server for one.
        element("link", rel="icon", href="data:,"),
        element("title", caption.title(plan)),
        raw("style", style),
        Markup("</head>"),
    )


def _body(
    plan: Plan, base: BaseMap | None, places: Mapping[str, Place], tiles: Tiles | None
) -> Iterator[Markup]:
    yield element("a", tr("Skip to the timetable"), href="#timetable", class_="skip")
    yield element("header", element("h1", caption.title(plan), dir="auto"), tabs(plan))
    yield element("div", _map(base, tiles), _main(plan, base, places), class_="columns")


def _map(base: BaseMap | None, tiles: Tiles | None) -> Markup:
    help_ = tr("Arrow keys move the map, plus and minus zoom, Tab goes from stop to stop.")
    online = tr("Online map")
    return element(
        "section",
        element("div", id="map", role="group", aria_label=tr("The tour on a map"),
                aria_describedby="map-help"),
        element("p", help_, id="map-help", class_="unseen"),
        element("noscript", element("p", tr("The map needs JavaScript; the timetable does not."))),
        element(
            "div",
            _control("zoom-in", tr("Zoom in"), "+"),
            _control("zoom-out", tr("Zoom out"), "−"),
            _control("whole", tr("Show the whole tour"), "⤢"),
            _control("online", online, "◍", aria_pressed="true") if tiles else "",
            class_="controls",
        ),
        _card(),
        element("p", *_credit(base, tiles), class_="credit"),
        id="map-region",
        aria_label=tr("Map"),
    )  # fmt: skip


def _control(key: str, words: str, sign: str, **more: str) -> Markup:
    return element(
        "button",
        element("span", sign, aria_hidden="true"),
        type="button",
        id=key,
        aria_label=words,
        title=words,
        **more,
    )


def _card() -> Markup:
    """Return the empty card, which the script fills with what the timetable knows of a stop."""
    return element(
        "section",
        element(
            "div",
            # No heading: it is empty until the card opens.
            element("p", id="card-title", dir="auto"),
            _control("card-close", tr("Close"), "✕"),
            class_="card-head",
        ),
        element("div", id="card-body"),
        element(
            "div",
            element("button", tr("Previous"), type="button", id="card-previous"),
            element("button", tr("Next"), type="button", id="card-next"),
            class_="card-foot",
        ),
        id="card",
        role="dialog",
        aria_labelledby="card-title",
        tabindex="-1",
        hidden=True,
    )


def _credit(base: BaseMap | None, tiles: Tiles | None) -> Iterator[Markup | str]:
    credit = base.credit if base else tr("© OpenStreetMap contributors")
    yield element("a", credit, href=_OSM, target="_blank", rel="noopener noreferrer")
    if tiles and "openstreetmap.org" not in tiles.host:
        yield tr(" · pictures from {host}", host=tiles.host.removeprefix("https://"))


def _main(plan: Plan, base: BaseMap | None, places: Mapping[str, Place]) -> Markup:
    return element(
        "main",
        lines(
            *_notices(plan, base),
            timetable(plan, places),
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
