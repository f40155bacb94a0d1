"""From a file to a JSON document: size, encoding, syntax and repeated keys."""

from __future__ import annotations

import codecs
import hashlib
import json
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from lens_routes.catalogue.file.faults import printable
from lens_routes.files.look import HEAVIEST_JSON_BYTES, json_weight
from lens_routes.text import wording
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from pathlib import Path

    from lens_routes.catalogue.file.faults import Faults

#: 50,000 places take 30 to 70 MB; what is larger than this is no catalogue of places to go to.
MAX_BYTES = 100_000_000

_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)


class Document(NamedTuple):
    """A parsed file: its value, the objects that name a key twice, and its checksum."""

    value: Any
    repeated_keys: tuple[tuple[dict[str, Any], str], ...]
    sha256: str


def read_document(path: Path, faults: Faults) -> Document | None:
    """Parse the JSON file at *path*; note in *faults* what is wrong with it.

    Returns
    -------
    Document or None
        None when there is nothing to look at further; *faults* then has an error.
    """
    data = read_data(path, faults)
    return None if data is None else parse_document(data, faults)


def parse_document(data: bytes, faults: Faults) -> Document | None:
    """Parse the bytes of a file, as `read_document`."""
    text = _decode(data, faults)
    if text is None:
        return None
    repeated: list[tuple[dict[str, Any], str]] = []
    value = _parse(text, repeated, faults)
    if faults.errors:
        return None
    return Document(value, tuple(repeated), hashlib.sha256(data).hexdigest())


def read_data(path: Path, faults: Faults) -> bytes | None:
    """Return what the file at *path* holds, as `read_document`."""
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        faults.error("", "", tr("There is no such file."), tr("Check the path for typing errors."))
    except IsADirectoryError:
        faults.error("", "", tr("It is a directory."), tr("Name a GeoJSON file inside it."))
    except PermissionError as error:
        remedy = (
            tr("Name a GeoJSON file inside it.")
            if path.is_dir()
            else tr("Change its access rights.")
        )
        faults.error(
            "", "", tr("It cannot be read: {reason}.", reason=wording.reason(error)), remedy
        )
    except (OSError, ValueError) as error:  # ValueError: a null character in the path
        faults.error(
            "",
            "",
            tr(
                "It cannot be read: {reason}.",
                reason=wording.reason(error) if isinstance(error, OSError) else error,
            ),
            tr("Check the path and the disk."),
        )
    else:
        if too_much := _too_much(data):
            faults.error("", "", too_much, tr("A catalogue holds places, not a map."))
        elif not data.strip():
            faults.error(
                "",
                "",
                tr("It is empty."),
                tr("Write a GeoJSON FeatureCollection of Point features."),
            )
        else:
            return data
    return None


def _too_much(data: bytes) -> str:
    """Return why so much is not read; empty where it is."""
    if len(data) > MAX_BYTES:
        return tr("It is larger than {limit}.", limit=f"{MAX_BYTES // 1_000_000} MB")
    if json_weight(data) > HEAVIEST_JSON_BYTES:
        limit = f"{HEAVIEST_JSON_BYTES // 1_000_000} MB"
        return tr("It takes more than {limit} of memory.", limit=limit)
    return ""


def _decode(data: bytes, faults: Faults) -> str | None:
    if data.startswith(_WIDE_MARKS) or b"\0" in data[:4]:
        faults.error(
            "", "", tr("It is in UTF-16 or UTF-32, or not a text file at all."), _save_as()
        )
        return None
    if data.startswith(codecs.BOM_UTF8):
        faults.warning(
            "",
            "",
            tr("It begins with a byte order mark, which GeoJSON does not allow (RFC 8259, 8.1)."),
            tr("It is skipped here; save the file as UTF-8 without BOM for other programs."),
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        byte = f"0x{data[error.start]:02x}"
        faults.error(
            "",
            "",
            tr("It is not in UTF-8: line {line} has the byte {byte}.", line=line, byte=byte),
            _save_as(),
        )
        return None


def _parse(text: str, repeated: list[tuple[dict[str, Any], str]], faults: Faults) -> Any:
    def build(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        built = dict(pairs)
        if len(built) < len(pairs):
            counts = Counter(key for key, _ in pairs)
            repeated.extend((built, key) for key, count in counts.items() if count > 1)
        return built

    try:
        return json.loads(text, object_pairs_hook=build)
    except json.JSONDecodeError as error:
        where = tr("line {line}, column {column}", line=error.lineno, column=error.colno)
        faults.error(
            "",
            "",
            tr("It is not JSON: {msg} at {where}.", msg=error.msg, where=where),
            _syntax_remedy(text, error),
        )
    except RecursionError:
        faults.error(
            "", "", tr("It is nested too deeply."), tr("A catalogue needs six levels at most.")
        )
    except ValueError:  # an integer of more than 4,300 digits
        faults.error(
            "", "", tr("It holds a number of thousands of digits."), tr("Write a plain number.")
        )
    return None


def _syntax_remedy(text: str, error: json.JSONDecodeError) -> str:
    if error.pos >= len(text.rstrip()):
        return tr("The file ends too soon: restore its end, perhaps from a backup.")
    excerpt = " ".join(text[max(0, error.pos - 25) : error.pos + 15].split())
    return tr("Mend the text near “{excerpt}”.", excerpt=printable(excerpt))


def _save_as() -> str:
    return tr("Save it as UTF-8: in most editors “Save as…” offers the encoding.")
