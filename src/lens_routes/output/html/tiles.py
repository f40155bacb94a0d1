"""An online map below the tour, for those who ask for one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lens_routes.errors import UsageError
from lens_routes.text import wording
from lens_routes.text.expressions import expression
from lens_routes.text.language import tr

OPENSTREETMAP = "https://tile.openstreetmap.org/{z}/{x}/{y}.png"
#: A host of the web, and a path in which the three numbers of a tile stand.
_TEMPLATE = expression(r"(?P<host>https://[A-Za-z0-9.-]+(?::\d+)?)/[A-Za-z0-9_.~/?=&%:@{}+-]+")


@dataclass(frozen=True, slots=True)
class Tiles:
    """Where map pictures come from: the template of their addresses, and their host."""

    template: str
    host: str


def tiles(wanted: str) -> Tiles:
    """Return the tiles of ``osm``, or of an address with ``{z}``, ``{x}`` and ``{y}``.

    Raises
    ------
    UsageError
        It is no such address.
    """
    template = OPENSTREETMAP if wanted.lower() == "osm" else wanted
    found = _TEMPLATE.fullmatch(template)
    if found is None or sorted(re.findall(r"{(.*?)}", template)) != ["x", "y", "z"]:
        raise UsageError(
            tr("--tiles {given} is no address of map tiles.", given=wording.quoted(wanted)),
            tr("Write osm, or an address such as {example}.", example=OPENSTREETMAP),
        )
    return Tiles(template, found["host"])
