"""Words that are safe in any file: one line, no control characters, no text that runs away."""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from typing import TYPE_CHECKING, Any

from lens_routes.geo import Point

if TYPE_CHECKING:
    from lens_routes.plan.plan import Plan

#: What breaks lines or fields: controls, blanks other than the no-break ones, line separators.
_BLANKS = re.compile("[\x00-\x20\x7f-\x9f\u2028\u2029]+")
#: What no file may hold: lone surrogates and non-characters, which XML and UTF-8 forbid, and the
#: controls of writing direction, which, left open, turn around everything behind them.
_UNSAYABLE = re.compile(
    "[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\u202a-\u202e\u2066-\u2069"
    + "".join(
        f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(1 << 16, 17 << 16, 1 << 16)
    )
    + "]"
)
_ISOLATE, _POP = "\u2068", "\u2069"


def line(text: str) -> str:
    """Return *text* as one line without control characters; joiners of emoji stay."""
    return _BLANKS.sub(" ", _UNSAYABLE.sub("", text)).strip()


def tidy(plan: Plan) -> Plan:
    """Return *plan* with every word in it passed through `line`."""
    result: Plan = _tidy(plan)
    return result


def _tidy(value: Any) -> Any:
    # An enumeration of words is a string too, but holds none of a person's.
    if type(value) is str:
        return line(value)
    if isinstance(value, Point):
        return value
    if isinstance(value, list | tuple):
        return type(value)(map(_tidy, value))
    if isinstance(value, dict):
        return {key: _tidy(item) for key, item in value.items()}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        names = (field.name for field in dataclasses.fields(value))
        return dataclasses.replace(value, **{name: _tidy(getattr(value, name)) for name in names})
    return value


def isolate(text: str) -> str:
    """Return *text* so that right-to-left words in it leave the words around it in their order.

    By the isolates of the Unicode bidirectional algorithm (UAX #9); other text is returned as is.
    """
    if any(unicodedata.bidirectional(character) in {"R", "AL"} for character in text):
        return f"{_ISOLATE}{text}{_POP}"
    return text


#: Letters and signs that decomposing does not bring down to ASCII, one by one.
_ASCII = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′", "'"),
        **dict.fromkeys("“”„«»″", '"'),
        **dict.fromkeys("‐‑‒–—―−·", "-"),
        **dict(zip("œŒæÆß", ("oe", "OE", "ae", "AE", "ss"), strict=True)),
        **dict(
            zip(
                "øØłŁđĐı°…€©",
                ("o", "O", "l", "L", "d", "D", "i", "o", "...", "EUR", "(c)"),
                strict=True,
            )
        ),
    }
)


def ascii_only(text: str, fallback: str) -> str:
    """Return *text* in ASCII, accents taken off; *fallback* where no letter or digit is left."""
    spelt = unicodedata.normalize("NFKD", text.translate(_ASCII))
    plain = line(spelt.encode("ascii", "ignore").decode())
    return plain if any(map(str.isalnum, plain)) else fallback
