"""Fetch a feed from the internet, whole or not at all."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from lens_routes.errors import BadInputError, NetworkError
from lens_routes.files import unfinished
from lens_routes.files.look import required
from lens_routes.files.storage import make_folder
from lens_routes.net.address import public
from lens_routes.net.download import Terms, fetch
from lens_routes.text import wording as words
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lens_routes.net.download import Report

USER_AGENT = "lens-routes (timetable import)"
#: How long a server may be silent, and how long it may take in all, seconds.
TIMEOUT_S, LONGEST_S = 30, 1800
#: A feed, and the entry of a data set that lists it.
LARGEST_BYTES, LARGEST_ENTRY_BYTES = 500 * 1024**2, 10 * 1024**2


@contextlib.contextmanager
def fetched(url: str, folder: Path, report: Report) -> Iterator[Path]:
    """Download the feed at *url* to a file in *folder* that lives as long as the block.

    The entry of a data set at data.gouv.fr (JSON) stands for the latest GTFS file it lists.

    Raises
    ------
    NetworkError
        The server is out of reach, refuses, breaks off, takes too long, or sends something else
        than a zip file.
    StorageError
        There is no room for the file.
    """
    make_folder(folder)
    with unfinished.scratch(folder, "feed") as inner:
        path = inner / "feed.zip"
        _fetch(url, path, report)
        if _start(path, 1) in {b"{", b"["}:
            _fetch(_latest(path, url), path, report)
        if _start(path, 4) != b"PK\x03\x04":
            start = words.quoted(_start(path, 60).decode("utf-8", "replace"))
            raise NetworkError(
                tr("{url} sent something else than a zip file: {start}.", url=public(url),
                   start=start),
                tr("Check the address, and whether this network asks you to log in."),
            )  # fmt: skip
        yield path


def _start(path: Path, count: int) -> bytes:
    with path.open("rb") as stream:
        return stream.read(count)


def _fetch(url: str, path: Path, report: Report) -> None:
    again = tr("Try again later; the timetables installed are as they were.")
    fetch(url, path, report, Terms(USER_AGENT, LARGEST_BYTES, TIMEOUT_S, LONGEST_S, again))


def _latest(path: Path, url: str) -> str:
    """Return the address of the newest GTFS file that a data set's entry lists."""
    import json  # noqa: PLC0415  # only for data sets

    try:
        entry: dict[str, Any] = json.loads(required(path, LARGEST_ENTRY_BYTES))
        files = [r for r in entry["resources"] if _is_gtfs(r)]
        newest = max(files, key=lambda r: str(r.get("last_modified") or ""))
        return str(newest.get("latest") or newest["url"])
    except (BadInputError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise NetworkError(
            tr("{url} lists no GTFS file.", url=public(url)), tr("Give the address of the file.")
        ) from None


def _is_gtfs(resource: dict[str, Any]) -> bool:
    form = str(resource.get("format") or "").lower()
    words = f"{resource.get('title') or ''} {resource['url']}".lower()
    return form == "gtfs" or (form == "zip" and "netex" not in words)
