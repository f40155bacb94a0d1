"""A TOML file a person wrote: what it holds, and where in it a key stands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from lens_routes.errors import BadInputError
from lens_routes.files.look import read_bytes
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from pathlib import Path

    from lens_routes.text.language import Said

#: A tours file of thousands of tours is smaller.
LARGEST_BYTES = 2_000_000
#: How a key begins a line of TOML.
_KEY = r"[\"']?{}[\"']?\s*[=.]"


def parse_toml(path: Path) -> tuple[dict[str, Any], str]:
    """Return what a TOML file holds, and its text.

    Raises
    ------
    FileNotFoundError
        There is none.
    BadInputError
        It cannot be read, is too large, or is not TOML; the message names the line.
    """
    data = read_bytes(path, LARGEST_BYTES)
    import tomllib  # noqa: PLC0415  # 5 ms, only where there is a file

    try:
        text = data.decode("utf-8-sig")
        return tomllib.loads(text), text
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise BadInputError(
            tr("{file}, line {line}: the text is not in UTF-8.", file=path, line=line),
            tr("Save it as UTF-8: in most editors “Save as…” offers the encoding."),
        ) from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        place = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
        end = re.search(r"\(at end of document\)", str(error))
        said = re.sub(r" \(at .*\)", "", str(error))
        if place:
            where = tr(
                "{file}, line {line}, column {column}", file=path, line=place[1], column=place[2]
            )
        else:
            where = tr("{file}, at its end", file=path) if end else tr("{file}", file=path)
        raise BadInputError(
            tr("{where}: this is not TOML: {said}.", where=where, said=said),
            tr('Texts stand between quotes, lists between brackets: theme = ["culture"].'),
        ) from error


def placed(path: Path, line: int, table: str, key: str, problem: str) -> Said:
    """Return a fault of a TOML file: where, with the line where it is known, and what is wrong."""
    where = {"file": path, "key": f"[{table}] {key}" if table else key, "problem": problem}
    if line:
        return tr("{file}, line {line}, {key}: {problem}", line=line, **where)
    return tr("{file}, {key}: {problem}", **where)


def line_of(text: str, table: str, key: str, nth: int = 1) -> int:
    """Return the line of a key in a TOML text, from 1; the table's where only that is found.

    *nth* is which of the tables of that name: ``[[tour]]`` may stand there many times.
    """
    here, found, begun = "", 0, 0
    first = table.partition(".")[0]
    for number, line in enumerate(text.splitlines(), 1):
        words = line.strip()
        if header := re.fullmatch(r"\[\[?([^\]]+)\]\]?\s*(?:#.*)?", words):
            here = ".".join(part.strip().strip("\"'") for part in header[1].split("."))
            begun += words.startswith("[[") and here == first
            if begun in (0, nth) and here in (table, f"{table}.{key}".strip(".")):
                found = number
        elif here == table and begun in (0, nth) and re.match(_KEY.format(re.escape(key)), words):
            return number
    return found
