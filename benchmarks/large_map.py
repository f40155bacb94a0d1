"""Lay copies of a map side by side, each joined to the next by a road: a country to measure on.

    python benchmarks/large_map.py SOURCE.osm.pbf COPIES LARGE.osm.pbf

Ids and the nodes of ways are differences from those before them in PBF, so of each block only the
first are changed, and where it lies.
"""

from __future__ import annotations

import math
import struct
import sys
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

#: From copy to copy, in 1e-9 degrees: a bit more than the shared extract of Artois measures.
WIDTH, HEIGHT = 750_000_000, 300_000_000
#: More than any id of it.
IDS = 200_000_000
#: Fields of messages that differ from copy to copy, and those that a road is found by.
GROUP, LAT_OFFSET, LON_OFFSET = 2, 19, 20
DENSE, WAY, RELATION = 2, 3, 4
IDENTITY, KEYS, VALUES = 1, 2, 3
DELTAS = {DENSE: 1, WAY: 8, RELATION: 9}


class Field(NamedTuple):
    """A field of a message: its number, all its bytes, and its value."""

    number: int
    whole: bytes
    value: bytes


def varint(value: int) -> bytes:
    """Return a number as PBF writes it, seven bits a byte."""
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])


def read_varint(data: bytes, at: int = 0) -> tuple[int, int]:
    """Return the number that begins somewhere, and where it ends."""
    value = shift = 0
    while data[at] > 0x7F:
        value |= (data[at] & 0x7F) << shift
        shift, at = shift + 7, at + 1
    return value | data[at] << shift, at + 1


def numbers(data: bytes) -> Iterator[int]:
    """Yield the numbers that data are made of."""
    at = 0
    while at < len(data):
        value, at = read_varint(data, at)
        yield value


def fields(data: bytes) -> Iterator[Field]:
    """Yield the fields of a message."""
    end = 0
    while end < len(data):
        begin = end
        key, at = read_varint(data, begin)
        length, end = read_varint(data, at)
        if key & 7 == 2:
            at, end = end, end + length
        yield Field(key >> 3, data[begin:end], data[at:end])


def packed(number: int, value: bytes) -> bytes:
    """Return a field of bytes."""
    return varint(number << 3 | 2) + varint(len(value)) + value


def plain(number: int, value: int) -> bytes:
    """Return a field of a number."""
    return varint(number << 3) + varint(value)


def signed(data: bytes) -> tuple[int, int]:
    """Return the number with a sign that data begin with, and where it ends."""
    value, end = read_varint(data)
    return value >> 1 ^ -(value & 1), end


class Group:
    """A group of a block, taken apart: nodes, ways or relations."""

    def __init__(self, data: bytes) -> None:
        parts = list(fields(data))
        self.kind = parts[0].number
        self.things = [list(fields(part.value)) for part in parts]

    def copy(self, by: int) -> bytes:
        """Return it with larger ids."""
        return b"".join(
            packed(self.kind, b"".join(self._field(field, by) for field in thing))
            for thing in self.things
        )

    def _field(self, field: Field, by: int) -> bytes:
        if field.number == DELTAS[self.kind] and field.value:
            first, end = signed(field.value)
            return packed(field.number, varint(first + by << 1) + field.value[end:])
        if field.number == IDENTITY and self.kind != DENSE:
            return plain(IDENTITY, read_varint(field.value)[0] + by)
        return field.whole


class Block:
    """A block of a map, taken apart."""

    def __init__(self, data: bytes) -> None:
        parts = list(fields(data))
        self.texts = [text.value for text in fields(parts[0].value)]
        self.groups = [Group(part.value) for part in parts if part.number == GROUP]
        self._rest = b"".join(part.whole for part in parts if part.number != GROUP)

    def copy(self, kind: int, by: int, lat: int, lon: int) -> bytes:
        """Return its groups of a kind with larger ids, farther north and east."""
        groups = b"".join(packed(GROUP, g.copy(by)) for g in self.groups if g.kind == kind)
        return groups and groups + self._rest + plain(LAT_OFFSET, lat) + plain(LON_OFFSET, lon)

    def road(self) -> int | None:
        """Return where a main road begins, None if there is none."""
        for thing in (thing for g in self.groups if g.kind == WAY for thing in g.things):
            of = {field.number: field.value for field in thing}
            keys, values = ([self.texts[n] for n in numbers(of[key])] for key in (KEYS, VALUES))
            if (b"highway", b"primary") in zip(keys, values, strict=True):
                return signed(of[DELTAS[WAY]])[0]
        return None


def read(path: Path) -> Iterator[tuple[bytes, bytes]]:
    """Yield the kind and the content of each blob of a file."""
    with path.open("rb") as stream:
        while lead := stream.read(4):
            header = {f.number: f.value for f in fields(stream.read(*struct.unpack(">I", lead)))}
            blob = {f.number: f.value for f in fields(stream.read(read_varint(header[3])[0]))}
            yield header[1], blob[1] if 1 in blob else zlib.decompress(blob[3])


def blob(kind: bytes, content: bytes) -> bytes:
    """Return a blob of a file."""
    body = plain(2, len(content)) + packed(3, zlib.compress(content, 1))
    header = packed(1, kind) + plain(3, len(body))
    return struct.pack(">I", len(header)) + header + body


def roads(node: int, copies: int) -> bytes:
    """Return a block of the roads that join each copy to the next, from one node of it."""
    texts = b"".join(packed(1, text) for text in (b"", b"highway", b"primary"))
    ways = b"".join(
        packed(
            WAY,
            plain(IDENTITY, copies * IDS + number)
            + packed(KEYS, b"\1")
            + packed(VALUES, b"\2")
            + packed(DELTAS[WAY], varint(node + number * IDS << 1) + varint(IDS << 1)),
        )
        for number in range(copies - 1)
    )
    return packed(1, texts) + packed(GROUP, ways)


def write(source: Path, copies: int, target: Path) -> None:
    """Write a map of so many copies, about as wide as high."""
    columns = math.ceil(math.sqrt(copies * HEIGHT / WIDTH))
    (kind, head), *rest = read(source)
    blocks = [Block(content) for _, content in rest]
    # Not the box around all, which is that of one.
    header = b"".join(field.whole for field in fields(head) if field.number != 1)
    node = next(node for block in blocks if (node := block.road()) is not None)
    with target.open("wb") as stream:
        stream.write(blob(kind, header))
        for of in (DENSE, WAY, RELATION):
            for number in range(copies):
                row, column = divmod(number, columns)
                place = (number * IDS, row * HEIGHT, column * WIDTH)
                for block in blocks:
                    if copied := block.copy(of, *place):
                        stream.write(blob(b"OSMData", copied))
            if of == WAY:
                stream.write(blob(b"OSMData", roads(node, copies)))


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
