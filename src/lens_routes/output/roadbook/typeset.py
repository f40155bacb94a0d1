"""Set a roadbook in type: values and a template become a PDF."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typst

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

_ASSETS = Path(__file__).parent / "assets"
_TEMPLATE = _ASSETS / "roadbook.typ"
_FONTS = _ASSETS / "fonts"
_ACCESSIBLE: list[typst.PDFStandard] = ["ua-1"]
#: What the engine says of a character that no font has, when the standard forbids it.
_NO_GLYPH = "could not be displayed"


@dataclass(frozen=True, slots=True)
class Book:
    """A PDF, its number of pages, and whether every character of it could be printed.

    ``filled`` is how much of the last page is, as a share of its height; ``marks`` are the ids of
    ways and cards where they begin, and ``end`` where one ends, each with its page and how far
    down, in points.
    """

    data: bytes
    pages: int
    complete: bool
    filled: float
    marks: list[tuple[str, int, float]]


def typeset(values: Mapping[str, Any], created: dt.datetime) -> Book:
    """Return a tagged PDF (PDF/UA-1) of *values*, dated *created*, with its fonts in it.

    Only where our fonts lack a character does the machine lend its own; where these lack it too,
    a box stands for it, and the PDF claims no standard.
    """
    inputs = {"data": json.dumps(values, ensure_ascii=False)}
    for ours_only, standards in ((True, _ACCESSIBLE), (False, _ACCESSIBLE), (False, [])):
        compiler = typst.Compiler(
            str(_TEMPLATE),
            root=str(_ASSETS),
            font_paths=[str(_FONTS)],
            ignore_system_fonts=ours_only,
            sys_inputs=inputs,
        )
        try:
            data = compiler.compile(
                format="pdf", pdf_standards=standards, timestamp=round(created.timestamp())
            )
        except typst.TypstError as error:
            if _NO_GLYPH not in str(error):
                raise
            continue
        if not isinstance(data, bytes):
            raise TypeError("a PDF is one file")
        found = json.loads(compiler.query("<measured>", field="value", one=True))
        return Book(data, complete=bool(standards), **found)
    raise AssertionError("a PDF without a standard asks for no glyph")
