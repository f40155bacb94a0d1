"""Tell what is gone in files that were edited: things marked as deleted, and older versions."""

from __future__ import annotations

import bz2
import contextlib
import gzip
import re
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

#: JOSM keeps what was deleted but not yet uploaded; osmium does not read its mark.
_MARK = re.compile(rb"<(node|way|relation)\b[^>]*\baction=[\"']delete[\"'][^>]*>")
_ID = re.compile(rb"\bid=[\"'](-?\d+)[\"']")
_OPEN: dict[str, Callable[[Path, str], Any]] = {".gz": gzip.open, ".bz2": bz2.open}
_LETTER = {b"node": "n", b"way": "w", b"relation": "r"}
_CHUNK = 1 << 20
#: A start tag may be cut between two chunks; no longer one is looked for.
_LONGEST_TAG = 2000


@dataclass(frozen=True, slots=True)
class Edited:
    """The things of a file marked as deleted, as (type, id)."""

    marked: frozenset[tuple[str, int]]


def edits(path: Path) -> Edited | None:
    """Return what a file that may be edited marks as deleted; None for one that is as exported.

    XML may be edited or hold a history; PBF is read as it was exported.
    """
    if path.name.lower().endswith(".pbf"):
        return None
    marked = set()
    rest = b""
    opened = _OPEN.get(path.suffix.lower(), open)
    # What is wrong with a broken file is for its reader to say.
    with contextlib.suppress(OSError, EOFError, zlib.error), opened(path, "rb") as stream:
        while chunk := stream.read(_CHUNK):
            text = rest + chunk
            for found in _MARK.finditer(text):
                number = _ID.search(found[0])
                if number:
                    marked.add((_LETTER[found[1]], int(number[1])))
            rest = text[-_LONGEST_TAG:]
    return Edited(frozenset(marked))
