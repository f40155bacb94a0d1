"""What is wrong in a feed: mended and listed, or serious enough to refuse the feed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from lens_routes.errors import BadInputError

#: Faults of one kind in one file that are kept word for word; the rest are counted.
KEPT_OF_A_KIND = 20
#: Serious faults shown in the message that refuses a feed.
SHOWN = 5


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: the file, its line (0 for the file as a whole), what is wrong, what was done."""

    file: str
    line: int
    reason: str
    remedy: str = ""

    def __str__(self) -> str:
        where = f"{self.file}, line {self.line}" if self.line else self.file
        return f"{where}: {self.reason}" + (f"; {self.remedy}" if self.remedy else "")


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
        shown = "; ".join(str(fault) for fault in self.serious[:SHOWN])
        more = f" (and {len(self.serious) - SHOWN} more)" if len(self.serious) > SHOWN else ""
        return BadInputError(
            f"{self.feed} was not imported: {shown}{more}.",
            "Mend the feed or ask its publisher; the feeds installed are as they were.",
            [
                {"file": fault.file, "line": fault.line, "reason": fault.reason}
                for fault in self.serious
            ],
        )
