"""Feeds known by name: those that come with the program, and those of the territory in use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from lens_routes.errors import BadInputError
from lens_routes.files.look import is_file
from lens_routes.files.shipped import shipped
from lens_routes.files.territory import folder
from lens_routes.files.toml_file import line_of, parse_toml, placed
from lens_routes.text.language import Said, said_in, tr

if TYPE_CHECKING:
    from pathlib import Path

_FILE = "feeds.toml"


class Known(NamedTuple):
    """A feed known by name.

    Parameters
    ----------
    name, title
        What it is called here, and what it is.
    url, page
        The address of its latest file, and the page that tells about it.
    licence
        Under what it is published; empty where that was not read.
    fare
        What every rider should know of its price; empty where there is nothing.
    """

    name: str
    title: Said
    url: str
    page: str
    licence: str
    fare: Said


def by_name() -> dict[str, Known]:
    """Return the feeds known by name; one of the territory stands before one that is shipped.

    Raises
    ------
    BadInputError
        What the territory says of a feed cannot be understood.
    """
    own = folder() / _FILE
    files = [shipped(_FILE), *([own] if is_file(own) else [])]
    return {feed.name: feed for file in files for feed in _read(file)}


def known_at(source: str) -> Known | None:
    """Return the feed that is published at an address, None where it is not known."""
    return next((feed for feed in by_name().values() if feed.url == source), None)


def _read(file: Path) -> list[Known]:
    tables, text = parse_toml(file)
    return [_feed(file, line_of(text, name, ""), name, tables[name]) for name in tables]


def _feed(file: Path, line: int, name: str, table: Any) -> Known:
    said = table if isinstance(table, dict) else {}
    if not said.get("title") or not said.get("url"):
        raise BadInputError(
            placed(file, line, "", f"[{name}]", tr("a feed has a title and an url.")),
            tr('Such as title = "The buses of Arras" and url = "https://example.org/gtfs.zip".'),
        )
    url, page, licence = (str(said.get(key, "")) for key in ("url", "page", "licence"))
    return Known(name, _said(said["title"]), url, page, licence, _said(said.get("fare", "")))


def _said(text: Any) -> Said:
    """Return a text in the language in use: one for all, or a table of languages."""
    texts = text if isinstance(text, dict) else {"en": text}
    return said_in({language: str(words) for language, words in texts.items()})
