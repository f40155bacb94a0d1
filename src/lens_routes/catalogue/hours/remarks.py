"""Remarks on opening hours, said in the languages people read.

A comment of a value stays as its author wrote it unless it is one that is known here: those of the
shipped catalogue, common ones, and what the evaluation itself remarks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from lens_routes.text.language import Said

OPEN_END = "open end: the closing time is not stated"
SUN_DOUBT = "sunrise and sunset are known to a few minutes only"
PUBLIC_HOLIDAYS = "depends on public holidays not known here"
SCHOOL_HOLIDAYS = "depends on school holidays not known here"
OTHER_DOUBT = "these dates are read in different ways"

_KNOWN: Mapping[str, Callable[[], Said]] = {
    OPEN_END: lambda: tr("open end: the closing time is not stated"),
    SUN_DOUBT: lambda: tr("sunrise and sunset are known to a few minutes only"),
    PUBLIC_HOLIDAYS: lambda: tr("depends on public holidays not known here"),
    SCHOOL_HOLIDAYS: lambda: tr("depends on school holidays not known here"),
    OTHER_DOUBT: lambda: tr("these dates are read in different ways"),
    "by appointment": lambda: tr("by appointment"),
    "on appointment": lambda: tr("by appointment"),
    "sur rendez-vous": lambda: tr("by appointment"),
    "closed for rebuilding": lambda: tr("closed for rebuilding"),
    "closed to visitors since 1 January 2026": lambda: tr(
        "closed to visitors since 1 January 2026"
    ),
    "during exhibitions": lambda: tr("during exhibitions"),
    "guided climb, book at the tourist office": lambda: tr(
        "guided climb, book at the tourist office"
    ),
    "winter break of the guides: ring first": lambda: tr("winter break of the guides: ring first"),
}


def said(remark: str) -> str:
    """Return a remark in every language it is known in, else as it was written."""
    known = _KNOWN.get(remark) or _KNOWN.get(remark.lower())
    return known() if known else remark
