"""Keep flat buffers in one checksummed file that maps into memory.

Layout, in the byte order of the machine that wrote it::

    magic (8) | byte-order mark (4) | format version (4) | header length (4) | header CRC-32 (4)
    header: JSON in UTF-8
    sections: the buffers, each starting at a multiple of 64 bytes

The header's CRC-32 covers the 20 bytes before it as well; the header holds the file's size and
the CRC-32 of all that follows it. So any flipped bit and any cut is noticed when a file is opened.
"""

from __future__ import annotations

import contextlib
import json
import mmap
import struct
import zlib
from typing import TYPE_CHECKING, Any, NamedTuple

from lens_routes.files.storage import atomic_file
from lens_routes.text import wording
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_BYTE_ORDER = 0x01020304
_LEAD = struct.Struct("=8sIII")
_CRC = struct.Struct("=I")
_ALIGNMENT = 64


class UnusableFileError(Exception):
    """A file is damaged or of another version; ``about`` is what its header says, if it can."""

    def __init__(self, reason: str, about: dict[str, Any] | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.about = about


class Format(NamedTuple):
    """A kind of file: eight bytes of magic, a version, and the sections by name and type code.

    The version is raised whenever the meaning of the file changes; older files are not read.
    """

    magic: bytes
    version: int
    sections: Mapping[str, str]


def write(path: Path, form: Format, about: Mapping[str, Any], buffers: Mapping[str, Any]) -> None:
    """Write *about*, JSON values, and one buffer for each section to *path*, whole or not at all.

    Raises
    ------
    StorageError
        The folder cannot be written, or the disk is full.
    """
    body = bytearray()
    sections: dict[str, tuple[int, int]] = {}
    for name, code in form.sections.items():
        data = memoryview(buffers[name]).tobytes()
        sections[name] = (len(body), len(data) // struct.calcsize(code))
        body += data
        body += bytes(-len(body) % _ALIGNMENT)
    header = {
        "about": about,
        "sections": sections,
        "body_bytes": len(body),
        "body_crc32": zlib.crc32(body),
    }
    text = json.dumps(header, ensure_ascii=False).encode()
    text += b" " * (-(_LEAD.size + _CRC.size + len(text)) % _ALIGNMENT)
    lead = _LEAD.pack(form.magic, _BYTE_ORDER, form.version, len(text))
    with atomic_file(path) as stream:
        stream.write(lead)
        stream.write(_CRC.pack(zlib.crc32(text, zlib.crc32(lead))))
        stream.write(text)
        stream.write(body)


def read(path: Path, form: Format) -> tuple[dict[str, Any], dict[str, memoryview[Any]]]:
    """Map a file into memory, after checking that every byte of it is as it was written.

    Returns
    -------
    about, buffers
        What `write` was given; the buffers as typed views of the file.

    Raises
    ------
    FileNotFoundError
        There is no such file.
    UnusableFileError
        The file is damaged, of another kind, or of another version.
    """
    data = _map(path)
    header, start = _header(data, form)
    about: dict[str, Any] = header["about"]
    body = data[start:]
    if len(body) != header["body_bytes"] or zlib.crc32(body) != header["body_crc32"]:
        raise UnusableFileError(tr("is damaged"), about)
    buffers: dict[str, memoryview[Any]] = {}
    for name, code in form.sections.items():
        begin, count = header["sections"][name]
        end = begin + count * struct.calcsize(code)
        buffers[name] = body[begin:end].cast(code)  # type: ignore[call-overload]  # a code by name
    return about, buffers


def read_about(path: Path, form: Format) -> dict[str, Any]:
    """Return what the header says, checking the header only; raises as `read` does."""
    header, _ = _header(_map(path), form)
    about: dict[str, Any] = header["about"]
    return about


def _map(path: Path) -> memoryview[int]:
    try:
        with path.open("rb") as stream:
            if stream.seek(0, 2) == 0:
                return memoryview(b"")
            return memoryview(mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ))
    except FileNotFoundError:
        raise
    except OSError as error:
        raise UnusableFileError(
            tr("cannot be read: {reason}", reason=wording.reason(error))
        ) from error


def _header(data: memoryview[int], form: Format) -> tuple[dict[str, Any], int]:
    """Return the header and where the sections start."""
    start = _LEAD.size + _CRC.size
    if len(data) < start or bytes(data[: len(form.magic)]) != form.magic:
        raise UnusableFileError(tr("is another kind of file, or is damaged"))
    _, byte_order, version, length = _LEAD.unpack(data[: _LEAD.size])
    if byte_order != _BYTE_ORDER:
        raise UnusableFileError(tr("was written by another kind of machine"))
    text = data[start : start + length]
    (expected,) = _CRC.unpack(data[_LEAD.size : start])
    if zlib.crc32(text, zlib.crc32(data[: _LEAD.size])) != expected:
        raise UnusableFileError(tr("is damaged"))
    if version != form.version:
        about = None
        # How another version writes its header is not ours to know.
        with contextlib.suppress(KeyError, TypeError, ValueError):
            theirs = json.loads(bytes(text))
            about = dict(theirs.get("about", theirs))
        if version < form.version:
            raise UnusableFileError(tr("was built by an older version of the program"), about)
        raise UnusableFileError(tr("was built by a newer version of the program"), about)
    header: dict[str, Any] = json.loads(bytes(text))
    return header, start + length
