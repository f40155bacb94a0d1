"""Words that are safe in any file: one line, no control characters, no text that runs away."""

from __future__ import annotations

import dataclasses
import unicodedata
from enum import Enum
from typing import TYPE_CHECKING, Any

from lens_routes.text.characters import BREAKS, UNSAYABLE
from lens_routes.text.expressions import expression
from lens_routes.text.language import Said

if TYPE_CHECKING:
    from lens_routes.plan.plan import Plan

#: What breaks lines or fields: controls, line separators, blanks other than the no-break ones.
_BLANKS = expression(f"[ {BREAKS}]+")
_UNSAYABLE = expression(f"[{UNSAYABLE}]")
_ISOLATE, _POP = "\u2068", "\u2069"


def line(text: str) -> str:
    """Return *text* as one line without control characters; joiners of emoji stay."""
    return _BLANKS.sub(" ", _UNSAYABLE.sub("", text)).strip()


def tidy(plan: Plan) -> Plan:
    """Return *plan* with every word in it passed through `line`."""
    result: Plan = _tidy(plan)
    return result


def _tidy(value: Any) -> Any:
    if isinstance(value, str):
        return _clean(value)
    if isinstance(value, list | tuple):
        make = getattr(value, "_make", type(value))  # of a named tuple
        return make(map(_tidy, value))
    if isinstance(value, dict):
        return {key: _tidy(item) for key, item in value.items()}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        names = (field.name for field in dataclasses.fields(value))
        return dataclasses.replace(value, **{name: _tidy(getattr(value, name)) for name in names})
    return value


def _clean(text: str) -> str:
    if isinstance(text, Said):
        return Said(lambda language: line(text.in_language(language)))
    # An enumeration of words is a string too, but holds none of a person's.
    return text if isinstance(text, Enum) else line(text)


def isolate(text: str) -> str:
    """Return *text* so that right-to-left words in it leave the words around it in their order.

    By the isolates of the Unicode bidirectional algorithm (UAX #9); other text is returned as is.
    """
    if any(unicodedata.bidirectional(character) in {"R", "AL"} for character in text):
        return f"{_ISOLATE}{text}{_POP}"
    return text
