"""The ways and relations of an OpenStreetMap file, and where its nodes are.

osmium writes them to files, and these are read: of each node that is asked for in Python it makes
an object, which takes ten times as long.
"""

from __future__ import annotations

import math
import shutil
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from lens_routes.errors import StorageError
from lens_routes.text.expressions import expression
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import osmium
    from numpy.typing import NDArray

#: How osmium keeps where a node is; what it never filled is node 0, at no valid place.
_STORED = np.dtype([("id", "=i8"), ("lon_e7", "=i4"), ("lat_e7", "=i4")])
#: What it writes of a map takes at most so many times the room of the map, and what it writes at
#: once, bytes.
_GROWS, _AT_ONCE = 4, 2**25
#: How it writes a character that has a meaning in its lines, by number.
_ESCAPED = expression("%([0-9a-f]+)%")


class Thing(NamedTuple):
    """A way or a relation, its kind the letter ``w`` or ``r``; ``stamp`` is ISO 8601, or empty.

    ``parts`` are its nodes or members as osmium writes them.
    """

    kind: str
    id: int
    version: int
    deleted: bool
    stamp: str
    tags: Mapping[str, str]
    parts: str

    def nodes(self) -> Iterator[int]:
        """Return the nodes a way runs through."""
        return map(int, self.parts[1:].split(",n")) if self.parts else iter(())

    def ways(self) -> list[tuple[int, str]]:
        """Return the ways a relation is made of, with their roles."""
        members = (part.partition("@") for part in self.parts.split(","))
        return [(int(way[1:]), _text(role)) for way, _, role in members if way.startswith("w")]


def require_room(path: Path) -> None:
    """Refuse a file that osmium would fill the disk with: it ends the program where that happens.

    Raises
    ------
    StorageError
        The folder of temporary files has less room than reading the file may take.
    """
    need = path.stat().st_size * _GROWS + _AT_ONCE
    folder = tempfile.gettempdir()
    if shutil.disk_usage(folder).free < need:
        raise StorageError(
            tr("{folder} has less than {n} MB left.", folder=folder, n=math.ceil(need / 1e6)),
            tr(
                "Free some space, or name a larger folder in TMPDIR: {file} may take as much while"
                " it is read.",
                file=path,
            ),
        )


def things(file: osmium.io.File, keys: tuple[str, ...]) -> Iterator[Thing]:
    """Yield the ways and relations of a file that bear one of the *keys*; all if there are none."""
    import osmium  # noqa: PLC0415  # only those who import a map pay for it

    filters = [osmium.filter.KeyFilter(*keys)] if keys else []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "things.opl"
        lines = osmium.io.File(path, "opl,add_metadata=version+timestamp")
        with (
            osmium.io.Reader(file, osmium.osm.WAY | osmium.osm.RELATION) as reader,
            osmium.SimpleWriter(lines) as writer,
        ):
            osmium.apply(reader, *filters, writer)
        with path.open(encoding="utf-8", newline="\n") as stream:
            yield from map(_thing, stream)


def _thing(line: str) -> Thing:
    head, version, state, stamp, tags, parts = line[:-1].split(" ")
    kind, identity, told = head[0], int(head[1:]), _tags(tags[1:])
    return Thing(kind, identity, int(version[1:]), state == "dD", stamp[1:], told, parts[1:])


@lru_cache(maxsize=10_000)
def _tags(text: str) -> Mapping[str, str]:
    pairs = (pair.partition("=") for pair in text.split(",") if pair)
    return {_text(key): _text(value) for key, _, value in pairs}


def _text(written: str) -> str:
    if "%" not in written:
        return written
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), written)


def places_of(
    file: osmium.io.File, wanted: NDArray[np.int64]
) -> tuple[NDArray[np.bool_], NDArray[np.int32], NDArray[np.int32]]:
    """Return which of the wanted nodes a file holds, and where, in 1e-7 degrees.

    Of a node that comes twice the last counts, and one that is at no valid place is not held.
    """
    import osmium  # noqa: PLC0415  # as above

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "nodes"
        table = osmium.index.create_map(f"sparse_file_array,{path}")
        with osmium.io.Reader(file, osmium.osm.NODE) as reader:
            osmium.apply(reader, osmium.NodeLocationsForWays(table))
        stored = np.fromfile(path, dtype=_STORED)
        del table
    stored = stored[: np.count_nonzero(stored["id"])]
    ids, order = stored["id"], None
    if not len(ids):
        nowhere = np.zeros(len(wanted), dtype=np.int32)
        return nowhere > 0, nowhere, nowhere
    if (ids[1:] < ids[:-1]).any():
        order = np.argsort(ids, kind="stable")
        ids = ids[order]
    at = np.searchsorted(ids, wanted, side="right") - 1
    found = ids[at] == wanted
    place = stored[at if order is None else order[at]]
    lon_e7, lat_e7 = place["lon_e7"], place["lat_e7"]
    return found & _valid(lon_e7, 180) & _valid(lat_e7, 90), lon_e7, lat_e7


def _valid(degrees_e7: NDArray[np.int32], most: int) -> NDArray[np.bool_]:
    valid: NDArray[np.bool_] = (degrees_e7 >= -most * 10**7) & (degrees_e7 <= most * 10**7)
    return valid
