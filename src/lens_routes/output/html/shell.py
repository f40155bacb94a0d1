"""A page that needs no other file and no network: its head, its policy, its scripts and styles."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from lens_routes.output.html.markup import Markup, element, fingerprint, lines, raw
from lens_routes.text.expressions import expression
from lens_routes.text.language import in_use
from lens_routes.text.units import imperial

if TYPE_CHECKING:
    from collections.abc import Iterable

ASSETS = Path(__file__).with_name("assets")
#: What a map is drawn with, each building on those before it.
MAP_SCRIPTS = ("lines.js", "map.js", "ground.js", "labels.js")
MAP_STYLES = ("colours.css", "page.css", "map.css")

#: Tells the scale of the map.
_UNITS = ' data-units="imperial"'
#: Declarations that would fetch a file.
_FETCHING = expression(r"[^;{}]*url\([^)]*\)[^;}]*;?")


def document(
    title: str,
    about: str,
    body: Iterable[Markup],
    *,
    style: str,
    scripts: Iterable[str] = (),
    pictures: str = "",
    program: str = "",
) -> bytes:
    """Return a page in the language in use.

    Parameters
    ----------
    title, about
        What the window is called, and what it is in a sentence.
    body
        What stands in it.
    style, scripts
        Its own, as text; a policy forbids all others, and every request.
    pictures
        From where pictures may come besides the page itself.
    program
        What made it.
    """
    scripts = list(scripts)
    allowed = " ".join(map(fingerprint, scripts)) or "'none'"
    policy = (
        f"default-src 'none'; script-src {allowed}; style-src {fingerprint(style)};"
        f" img-src {' '.join(filter(None, ('data:', pictures)))}; base-uri 'none';"
        " form-action 'none'"
    )
    page = lines(
        Markup("<!DOCTYPE html>"),
        Markup(f'<html lang="{in_use()}"{_UNITS if imperial() else ""}>'),
        Markup("<head>"),
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=policy),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("meta", name="description", content=about),
        element("meta", name="generator", content=program) if program else Markup(),
        # Without an icon of its own a browser asks the server for one.
        element("link", rel="icon", href="data:,"),
        element("title", title),
        raw("style", style),
        Markup("</head>"),
        Markup("<body>"),
        *body,
        *(raw("script", script) for script in scripts),
        Markup("</body>"),
        Markup("</html>"),
    )
    return f"{page}\n".encode()


def map_library() -> str:
    """Return the library of the map with its licence, as the text of a script."""
    library = asset("leaflet.js").replace("//# sourceMappingURL=leaflet.js.map", "")
    return f"/*\n{asset('leaflet-LICENSE.txt')}*/\n{library}"


def map_style(*more: str) -> str:
    """Return the style of a page with a map, and of what else is on it."""
    names = (*MAP_STYLES, *more)
    return "\n".join([_FETCHING.sub("", asset("leaflet.css")), *map(asset, names)])


def asset(name: str) -> str:
    """Return a file of ours as text."""
    return (ASSETS / name).read_text(encoding="utf-8")
