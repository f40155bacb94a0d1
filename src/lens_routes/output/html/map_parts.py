"""The map of a page before a script fills it: its buttons, its legend, whom to credit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens_routes.output.html.markup import Markup, element
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lens_routes.output.html.tiles import Tiles
    from lens_routes.plan.basemap import BaseMap

_OSM = "https://www.openstreetmap.org/copyright"


def map_region(
    title: str,
    base: BaseMap | None,
    tiles: Tiles | None = None,
    legend: Sequence[tuple[str, str]] = (),
    whole: str = "",
) -> Markup:
    """Return the map's part of a page.

    *legend* holds its signs by class, and what they mean, *whole* what the button shows all of.
    """
    help_ = tr("Arrow keys move the map, plus and minus zoom, Tab goes from stop to stop.")
    return element(
        "section",
        element("div", id="map", role="group", aria_label=title, aria_describedby="map-help"),
        element("p", help_, id="map-help", class_="unseen"),
        element("noscript", element("p", tr("The map needs JavaScript; the timetable does not."))),
        element(
            "div",
            _control("zoom-in", tr("Zoom in"), "+"),
            _control("zoom-out", tr("Zoom out"), "−"),
            _control("whole", whole or tr("Show the whole tour"), "⤢"),
            _control("online", tr("Online map"), "◍", aria_pressed="true") if tiles else "",
            class_="controls",
        ),
        _legend(legend),
        element("p", *_credit(base, tiles), class_="credit"),
        id="map-region",
        aria_label=tr("Map"),
    )


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


def _legend(signs: Sequence[tuple[str, str]]) -> Markup:
    if not signs:
        return Markup()
    return element(
        "details",
        element("summary", tr("Legend")),
        element(
            "ul",
            *(
                element("li", element("span", class_=f"sign {sign}", aria_hidden="true"), words)
                for sign, words in signs
            ),
        ),
        class_="legend",
    )


def _credit(base: BaseMap | None, tiles: Tiles | None) -> Iterator[Markup | str]:
    credit = base.credit if base else tr("© OpenStreetMap contributors")
    yield element("a", credit, href=_OSM, target="_blank", rel="noopener noreferrer")
    if tiles and "openstreetmap.org" not in tiles.host:
        yield tr(" · pictures from {host}", host=tiles.host.removeprefix("https://"))
