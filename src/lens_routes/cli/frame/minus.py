"""Coordinates that begin with a minus sign, kept from being taken for options."""

from __future__ import annotations

from lens_routes.text.expressions import expression

_NUMBER = r"\d{1,3}(?:\.\d+)?\s*°?"
_BELOW_ZERO = expression(rf"-({_NUMBER}\s*[,;\s]\s*[+\-−]?{_NUMBER}\s*)")


def spelled(arguments: list[str]) -> list[str]:
    """Return the arguments with the sign of a southern latitude as typographers write it.

    No parser of options looks for that sign, and `lens_routes.geocode.locate` reads either.
    """
    return [_signed(word) if word[1:2].isdecimal() else word for word in arguments]


def _signed(word: str) -> str:
    return _BELOW_ZERO.sub(r"−\1", word) if _BELOW_ZERO.fullmatch(word) else word
