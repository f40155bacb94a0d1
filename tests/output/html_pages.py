"""What tests of the page read it with."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import html5lib

from lens_routes.catalogue.place import Place

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_OWN = re.compile(r"(?s)<(script|style)>.*?</\1>")
_HASH = re.compile(r"sha256-[A-Za-z0-9+/=]+")
MUSEUM = Place(
    id="musee", name="Musée", lon=2.8, lat=50.4, website="https://www.example.org/a?b=1&c=2",
    fee="paid", price_eur=7.5, price_reduced_eur=5, wheelchair="limited",
    phone="+33 3 21 18 62 62", source_date="2026-09", address="1 rue <b> Haute",
)  # fmt: skip


def bare(page: bytes) -> str:
    """Return a page without what is the same in each: its script, style and their hashes."""
    return _HASH.sub("sha256-", _OWN.sub(r"<\1></\1>", page.decode()))


def parsed(page: bytes) -> Element:
    """Return a page as read by the rules of HTML, any breach of which is an error."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    root: Element = parser.parse(bare(page))
    return root


def words(element: Element) -> str:
    return "".join(element.itertext()).replace("\N{NO-BREAK SPACE}", " ")


def map_data(page: bytes, key: str = "tour") -> Any:
    block = rf'(?s)<script type="application/json" id="{key}">(.*?)</script>'
    found = re.search(block, page.decode())
    assert found
    return json.loads(found[1])


def decode(line: str) -> list[tuple[float, float]]:
    """Read a line back, as the page's script does."""
    numbers, value, shift = [], 0, 0
    for character in line:
        group = ord(character) - 63
        value |= (group & 0x1F) << shift
        shift += 5
        if group < 0x20:
            numbers.append(~(value >> 1) if value & 1 else value >> 1)
            value, shift = 0, 0
    lon = lat = 0
    points = []
    for x, y in zip(numbers[::2], numbers[1::2], strict=True):
        lon, lat = lon + x, lat + y
        points.append((lon / 1e5, lat / 1e5))
    return points
