"""A piece of opening hours, and the refusal that names where it stands."""

from __future__ import annotations

from typing import NamedTuple, NoReturn

from lens_routes.errors import BadInputError
from lens_routes.text.language import tr


class Token(NamedTuple):
    """A piece of a value: what it is, what it says in OSM's spelling, and where it stood."""

    kind: str
    text: str
    at: int

    @property
    def number(self) -> int:
        """The value of a number or year."""
        return int(self.text)


class Refusal:
    """Says what is wrong with one value, and where."""

    def __init__(self, value: str) -> None:
        self.value = value

    def __call__(self, at: int, what: str, hint: str) -> NoReturn:
        """Refuse the value: *what* is wrong at character *at* (from 0), *hint* says what to do."""
        shown = self.value if len(self.value) <= 80 else f"{self.value[:77]}…"
        inside = at < len(self.value)
        place = tr("at character {n}", n=at + 1) if inside else tr("at its end")
        raise BadInputError(
            tr('Opening hours "{shown}": {place}, {what}.', shown=shown, place=place, what=what),
            hint,
        )
