"""What is wrong with a catalogue: one fault, and the list that gathers them all."""

from __future__ import annotations

import json
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from lens_routes.text.characters import BREAKS, UNSAYABLE
from lens_routes.text.expressions import expression
from lens_routes.text.language import joined, tr

if TYPE_CHECKING:
    from collections.abc import Iterable

#: What makes a terminal misbehave, or no file may hold.
UNPRINTABLE = expression(f"[{BREAKS}{UNSAYABLE}]")


#: More faults of one file are not listed.
MOST = 10_000


class Severity(StrEnum):
    """Whether a catalogue with the fault can be used."""

    ERROR = "error"  # the file is refused
    WARNING = "warning"  # the file works; something in it deserves a look


class Fault(NamedTuple):
    """One thing wrong with a catalogue.

    Parameters
    ----------
    severity
        Whether the file is refused for it.
    file
        The file as the user named it.
    feature
        The id of the feature, ``#7`` for the seventh when it has no usable id, empty when the
        fault is the file's.
    field
        The field at fault, such as ``properties.interest``; may be empty.
    problem, remedy
        What is wrong, and what to write instead, a sentence each.
    """

    severity: Severity
    file: str
    feature: str
    field: str
    problem: str
    remedy: str

    @property
    def where(self) -> str:
        """File, feature and field, as far as they are known."""
        feature = tr("feature {feature}", feature=self.feature) if self.feature else ""
        return joined(", ", [part for part in (self.file, feature, self.field) if part])

    @property
    def told(self) -> str:
        """The whole fault, in every language."""
        return tr(
            "{where}: {problem} {remedy}",
            where=self.where,
            problem=self.problem,
            remedy=self.remedy,
        )

    def __str__(self) -> str:
        return str(self.told)


class Faults:
    """Gathers the faults of one file in the order they are found."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.found: list[Fault] = []
        self._refused = False

    def error(self, feature: str, name: str, problem: str, remedy: str) -> None:
        """Note a fault the file is refused for."""
        self._note(Fault(Severity.ERROR, self.file, feature, name, problem, remedy))

    def warning(self, feature: str, name: str, problem: str, remedy: str) -> None:
        """Note something the file can be used with, yet should not say."""
        self._note(Fault(Severity.WARNING, self.file, feature, name, problem, remedy))

    def _note(self, fault: Fault) -> None:
        # A file is not worse for a fault more, but its list may become larger than memory.
        first_error = fault.severity is Severity.ERROR and not self._refused
        if len(self.found) < MOST or first_error:
            self.found.append(fault)
            self._refused |= first_error

    @property
    def errors(self) -> list[Fault]:
        """The faults the file is refused for."""
        return [fault for fault in self.found if fault.severity is Severity.ERROR]


def shown(value: object) -> str:
    """Return *value* as a short JSON text that is safe to print on a terminal."""
    if isinstance(value, dict):
        return tr("an object") if value else "{}"
    if isinstance(value, list):
        return tr("a list") if value else "[]"
    if isinstance(value, int) and value.bit_length() > 1000:
        return tr("a huge number")
    text = printable(json.dumps(value, ensure_ascii=False))
    return text if len(text) <= 60 else text[:57] + "…" + text[-1]


def printable(text: str) -> str:
    r"""Return *text* with what a terminal would obey or choke on written as ``\uXXXX``."""
    if text.isprintable():
        return text
    return UNPRINTABLE.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def quoted(words: str) -> str:
    """Return what a person typed, short and safe to print back in a message."""
    return printable(words if len(words) <= 80 else words[:79] + "…")


def nearest(word: str, choices: Iterable[str]) -> str:
    """Return the choice that *word* looks like a slip of, or an empty text."""
    return _nearest(word[:80], tuple(choices))


@lru_cache(maxsize=256)
def _nearest(word: str, choices: tuple[str, ...]) -> str:
    from difflib import get_close_matches  # noqa: PLC0415  # needed only when something is wrong

    return next(iter(get_close_matches(word, choices, n=1, cutoff=0.7)), "")
