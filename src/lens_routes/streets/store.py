"""Keep the compiled network in one checksummed file that maps into memory.

Layout, in the byte order of the machine that wrote it::

    magic (8) | byte-order mark (4) | format version (4) | header length (4) | header CRC-32 (4)
    header: JSON in UTF-8
    sections: the buffers of `Network`, each starting at a multiple of 64 bytes

The header's CRC-32 covers the 20 bytes before it as well; the header holds the file's size and
the CRC-32 of all that follows it. So any flipped bit and any cut is noticed when a file is opened.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
import mmap
import shlex
import struct
import zlib
from typing import TYPE_CHECKING, Any

from lens_routes.errors import NotInstalledError, StorageError
from lens_routes.storage import atomic_file, home
from lens_routes.streets.network import Grid, Meta, Network
from lens_routes.streets.ways import MapSource

if TYPE_CHECKING:
    from pathlib import Path

#: Raised whenever the meaning of the file changes; older files are rebuilt, not read.
FORMAT_VERSION = 1

_MAGIC = b"LRSTREET"
_BYTE_ORDER = 0x01020304
_LEAD = struct.Struct("=8sIII")
_CRC = struct.Struct("=I")
_ALIGNMENT = 64
_SECTIONS = {
    "node_lon_e7": "i",
    "node_lat_e7": "i",
    "first_arc": "i",
    "arcs": "i",
    "edge_tail": "i",
    "edge_head": "i",
    "edge_length_m": "d",
    "edge_kind": "H",
    "edge_name": "i",
    "first_point": "i",
    "point_lon_e7": "i",
    "point_lat_e7": "i",
    "first_name_byte": "i",
    "name_bytes": "B",
    "cell_first": "i",
    "cell_segment": "i",
}


class StreetsNotInstalledError(NotInstalledError):
    """There is no street network on this machine."""


class StreetsUnusableError(NotInstalledError):
    """The street network on this machine is damaged, or of another version of the program.

    ``source`` says what it was built from when that can still be read, so that it can be rebuilt.
    """

    def __init__(self, path: Path, reason: str, source: MapSource | None) -> None:
        super().__init__(
            f"The street network {path} {reason}.", f"Build it again: {_command(source)}"
        )
        self.source = source


def _command(source: MapSource | None) -> str:
    """Return the command that builds a network from *source* again."""
    clip = f" --bbox={','.join(map(str, source.bbox))}" if source and source.bbox else ""
    if source is None or source.kind == "overpass":
        return f"lens-routes streets download{clip}"
    return f"lens-routes streets import {shlex.quote(source.name)}{clip}"


def default_path() -> Path:
    """Return where the street network of this machine is kept."""
    return home() / "streets" / "network.lrn"


def save(network: Network, path: Path) -> None:
    """Write a network to *path*, whole or not at all.

    Raises
    ------
    StorageError
        The folder cannot be written, or the disk is full.
    """
    body = bytearray()
    sections: dict[str, tuple[int, int]] = {}
    for name, form in _SECTIONS.items():
        buffer: memoryview[Any] = getattr(network, name)
        data = buffer.tobytes()
        sections[name] = (len(body), len(data) // struct.calcsize(form))
        body += data
        body += bytes(-len(body) % _ALIGNMENT)
    header: dict[str, Any] = {
        "source": dataclasses.asdict(network.meta.source),
        "meta": {k: v for k, v in _fields(network.meta).items() if k != "source"},
        "grid": _fields(network.grid),
        "kinds": network.kinds,
        "sections": sections,
        "body_bytes": len(body),
        "body_crc32": zlib.crc32(body),
    }
    text = json.dumps(header, ensure_ascii=False).encode()
    text += b" " * (-(_LEAD.size + _CRC.size + len(text)) % _ALIGNMENT)
    lead = _LEAD.pack(_MAGIC, _BYTE_ORDER, FORMAT_VERSION, len(text))
    with atomic_file(path) as stream:
        stream.write(lead)
        stream.write(_CRC.pack(zlib.crc32(text, zlib.crc32(lead))))
        stream.write(text)
        stream.write(body)


def load(path: Path) -> Network:
    """Map a network into memory, after checking that every byte of it is as it was written.

    Raises
    ------
    StreetsNotInstalledError
        There is no such file.
    StreetsUnusableError
        The file is damaged, or was written by another version of the program.
    """
    data = _map(path)
    header, start = _read_header(data, path)
    source = _source(header)
    body = data[start:]
    if len(body) != header["body_bytes"] or zlib.crc32(body) != header["body_crc32"]:
        raise StreetsUnusableError(path, "is damaged", source)
    buffers: dict[str, memoryview[Any]] = {}
    for name, form in _SECTIONS.items():
        begin, count = header["sections"][name]
        end = begin + count * struct.calcsize(form)
        buffers[name] = body[begin:end].cast(form)  # type: ignore[call-overload]  # a format by name
    return Network(
        **buffers,
        kinds=tuple(header["kinds"]),
        grid=Grid(**header["grid"]),
        meta=_meta(header),
    )


def info(path: Path) -> Meta:
    """Return what a network is made of, reading and checking its header only.

    Raises
    ------
    StreetsNotInstalledError, StreetsUnusableError
        As `load`, except that damage behind the header goes unnoticed.
    """
    header, _ = _read_header(_map(path), path)
    return _meta(header)


def remove(path: Path) -> bool:
    """Delete the network at *path*; return whether there was one.

    Raises
    ------
    StorageError
        The folder cannot be written.
    """
    try:
        path.unlink()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise StorageError(f"{path} cannot be removed: {error.strerror or error}.") from error
    return True


def _map(path: Path) -> memoryview[int]:
    try:
        with path.open("rb") as stream:
            if stream.seek(0, 2) == 0:
                return memoryview(b"")
            return memoryview(mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ))
    except FileNotFoundError:
        raise StreetsNotInstalledError(
            "No street network is installed.", "Install one: lens-routes streets download"
        ) from None
    except OSError as error:
        raise StreetsUnusableError(
            path, f"cannot be read: {error.strerror or error}", None
        ) from error


def _read_header(data: memoryview[int], path: Path) -> tuple[dict[str, Any], int]:
    """Return the header and where the sections start."""
    start = _LEAD.size + _CRC.size
    if len(data) < start or bytes(data[: len(_MAGIC)]) != _MAGIC:
        raise StreetsUnusableError(path, "is not a street network, or is damaged", None)
    _, byte_order, version, length = _LEAD.unpack(data[: _LEAD.size])
    if byte_order != _BYTE_ORDER:
        raise StreetsUnusableError(path, "was written by another kind of machine", None)
    text = data[start : start + length]
    (expected,) = _CRC.unpack(data[_LEAD.size : start])
    if zlib.crc32(text, zlib.crc32(data[: _LEAD.size])) != expected:
        raise StreetsUnusableError(path, "is damaged", None)
    if version != FORMAT_VERSION:
        age = "an older" if version < FORMAT_VERSION else "a newer"
        source = None
        # How another version writes its header is not ours to know.
        with contextlib.suppress(KeyError, TypeError, ValueError):
            source = _source(json.loads(bytes(text)))
        raise StreetsUnusableError(path, f"was built by {age} version of the program", source)
    header: dict[str, Any] = json.loads(bytes(text))
    return header, start + length


def _meta(header: dict[str, Any]) -> Meta:
    meta = dict(header["meta"], bbox=tuple(header["meta"]["bbox"]))
    return Meta(**meta, source=_source(header))


def _source(header: dict[str, Any]) -> MapSource:
    source = dict(header["source"])
    if source["bbox"] is not None:
        source["bbox"] = tuple(source["bbox"])
    return MapSource(**source)


def _fields(record: Meta | Grid) -> dict[str, Any]:
    return {field.name: getattr(record, field.name) for field in dataclasses.fields(record)}
