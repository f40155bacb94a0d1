"""Words as a printer sets them: the apostrophes and the spaces of the language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens_routes.output.shared.safe_text import isolate, line
from lens_routes.text.expressions import expression

if TYPE_CHECKING:
    import re

_NBSP = "\N{NO-BREAK SPACE}"
_APOSTROPHE = expression(r"(?<=\w)'(?=\w)")
#: Where French has a space that must not break; an English text has none there to begin with.
_BEFORE = expression(r" (?=[:;!?»%€](?:\W|$))")
_AFTER = expression(r"(?<=«) |(?<=\bn°) ")
#: A figure and the unit behind it stay together.
_UNIT = expression(r"(?<=\d) (?=(?:k?m|min|h|mm|ha)\b)")
#: What no language has, only a slip of the hand, gets places to break at.
_ENDLESS = expression(r"\S{30,}")
_BREAK = "\N{ZERO WIDTH SPACE}"


def set_words(text: str) -> str:
    """Return a text as it is printed: one line, typographic signs, nothing that cannot break."""
    text = _APOSTROPHE.sub("’", line(str(text)))
    for space in (_BEFORE, _AFTER, _UNIT):
        text = space.sub(_NBSP, text)
    return isolate(_ENDLESS.sub(_broken, text))


def set_name(text: str) -> str:
    """Return a name as it is printed; a dash stands for one without a letter or sign."""
    name = set_words(text)
    return name if any(sign.isprintable() and not sign.isspace() for sign in name) else "–"


def _broken(match: re.Match[str]) -> str:
    word = match[0]
    return _BREAK.join(word[i : i + 20] for i in range(0, len(word), 20))
