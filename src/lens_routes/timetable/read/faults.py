"""What is wrong in a feed: mended and listed, or serious enough to refuse the feed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from lens_routes.errors import BadInputError
from lens_routes.text import wording
from lens_routes.text.language import joined, tr, trn

#: Faults of one kind in one file that are kept word for word; the rest are counted.
KEPT_OF_A_KIND = 20
#: Serious faults shown in the message that refuses a feed.
SHOWN = 5


class Fault(NamedTuple):
    """One fault: the file, its line (0 for the file as a whole), what is wrong, what was done."""

    file: str
    line: int
    reason: str
    remedy: str = ""

    def told(self) -> str:
        """Return the fault in words, in every language."""
        where = (
            tr("{file}, line {line}", file=self.file, line=self.line) if self.line else self.file
        )
        what = wording.clauses([self.reason, self.remedy]) if self.remedy else self.reason
        return joined(": ", [where, what])


@dataclass(slots=True)
class Faults:
    """The faults found while reading one feed.

    ``mended`` holds examples, ``counts`` how many there are by (file, remedy).
    """

    feed: str
    mended: list[Fault] = field(default_factory=list)
    serious: list[Fault] = field(default_factory=list)
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)

    def mend(self, file: str, line: int, reason: str, remedy: str) -> None:
        """Note a fault that was mended as *remedy* says."""
        self.counts[file, remedy] += 1
        if self.counts[file, remedy] <= KEPT_OF_A_KIND:
            self.mended.append(Fault(file, line, reason, remedy))

    def note_serious(self, file: str, line: int, reason: str) -> None:
        """Note a fault that makes the feed useless or its answers wrong."""
        self.serious.append(Fault(file, line, reason))

    def refuse(self, file: str, line: int, reason: str) -> BadInputError:
        """Return the error that refuses the feed for this fault at once."""
        self.note_serious(file, line, reason)
        return self._error()

    def refuse_what_is_left(self, file: str, reason: str) -> BadInputError:
        """Return the error that refuses a feed of which the faults mended so far left nothing."""
        self.note_serious(file, 0, reason)
        self.serious += self.mended[: SHOWN - 1]
        return self._error()

    def require_sound(self) -> None:
        """Refuse the feed if a serious fault was found.

        Raises
        ------
        BadInputError
            The message names file, line and reason of the first faults.
        """
        if self.serious:
            raise self._error()

    def _error(self) -> BadInputError:
        shown = [fault.told() for fault in self.serious[:SHOWN]]
        if len(self.serious) > SHOWN:
            more = len(self.serious) - SHOWN
            shown.append(trn("and {n} more", "and {n} more", more))
        return BadInputError(
            tr("{feed} was not imported: {faults}.", feed=self.feed, faults=wording.clauses(shown)),
            tr("Mend the feed or ask its publisher; the feeds installed are as they were."),
            [
                {"file": fault.file, "line": fault.line, "reason": fault.reason}
                for fault in self.serious
            ],
        )
