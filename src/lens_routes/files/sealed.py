"""Tables kept as text that say how many rows they have and what they add up to: a cut shows.

The lines that say it stand among those that begin with ``#``, and are not counted themselves.
Line ends do not matter, since programs that share files change them.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from lens_routes.text.expressions import expression
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

_SEAL = expression(r"# (rows|sha256): ([0-9a-f]+)")


def sealed(text: str) -> str:
    """Return a table with its seal, two lines before that of the columns."""
    lines = [line for line in text.splitlines() if not _SEAL.fullmatch(line)]
    first = _first(lines)
    rows, checksum = _figures(lines)
    seal = [f"# rows: {rows}", f"# sha256: {checksum}"]
    return "\n".join([*lines[:first], *seal, *lines[first:]]) + "\n"


def require_whole(text: str) -> None:
    """Raise `ValueError` where a table is not as it was sealed, or has no seal."""
    lines, said = [], {}
    for line in text.splitlines():
        if seal := _SEAL.fullmatch(line):
            said[seal[1]] = seal[2]
        else:
            lines.append(line)
    rows, checksum = _figures(lines)
    if "rows" not in said or "sha256" not in said:
        raise ValueError(tr("it does not say how many rows it has"))
    if str(rows) != said["rows"]:
        raise ValueError(tr("it has {n} rows, not {due}", n=rows, due=said["rows"]))
    if checksum != said["sha256"]:
        raise ValueError(tr("it was changed"))


def _figures(lines: Sequence[str]) -> tuple[int, str]:
    """Return the rows below the line of the columns, and the checksum of all lines."""
    checksum = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    return max(0, len(lines) - _first(lines) - 1), checksum


def _first(lines: Sequence[str]) -> int:
    """Return where the columns are named: the first line that is no remark."""
    return next((i for i, line in enumerate(lines) if not line.startswith("#")), len(lines))
