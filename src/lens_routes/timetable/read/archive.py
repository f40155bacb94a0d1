"""A GTFS feed as tables of text: a zip or a folder, the files perhaps in a folder inside."""

from __future__ import annotations

import csv
import io
import zipfile
import zlib
from operator import itemgetter
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, Self

from lens_routes.files.look import is_file, is_there
from lens_routes.text import wording as words
from lens_routes.text.language import tr, trn

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lens_routes.timetable.read.faults import Faults

#: With the tables that are not read, such as the shapes of lines.
LARGEST_FEED_BYTES = 2 * 1024**3
#: Timetables compress about tenfold; a bomb thousandfold.
SMALL_FILE_BYTES, LARGEST_RATIO = 10 * 1024**2, 200
MOST_ENTRIES = 10_000
#: Of all tables that are read together: the trains of France have a fifth of it, and what is read
#: of so many takes less than a gigabyte of memory.
MOST_ROWS, LARGEST_READ = 2_500_000, 250_000_000
#: No line of a table, and no row of several lines, has more characters.
LONGEST_ROW = 1_000_000
#: The file every feed has; where it lies, the rest does.
_LANDMARK = "stop_times.txt"


class Archive:
    """The tables of one feed; use as a context manager."""

    def __init__(self, path: Path, faults: Faults) -> None:
        self.path = path
        self.faults = faults
        self._zip: zipfile.ZipFile | None = None
        self._names: Mapping[str, str] = {}
        self._rows = self._characters = 0

    def __enter__(self) -> Self:
        if self.path.is_dir():
            self._names = self._root(
                entry.relative_to(self.path).as_posix() for entry in self.path.rglob("*.txt")
            )
            for name in self._names.values():
                if is_file(self.path / name):
                    self._check_size(name, (self.path / name).stat().st_size, None)
                else:
                    raise self.faults.refuse(name, 0, tr("it is no ordinary file"))
            return self
        if is_there(self.path) and not is_file(self.path):
            raise self.faults.refuse(self.path.name, 0, tr("it is no ordinary file"))
        try:
            if _entries(self.path) <= 2 * MOST_ENTRIES:
                self._zip = zipfile.ZipFile(self.path)
        except (OSError, zipfile.BadZipFile, ValueError) as error:
            raise self.faults.refuse(self.path.name, 0, _why(error)) from error
        entries = self._zip.infolist() if self._zip else []
        if self._zip is None or len(entries) > MOST_ENTRIES:
            reason = tr("it holds more than {count} files", count=f"{MOST_ENTRIES:,}")
            raise self.faults.refuse(self.path.name, 0, reason)
        self._names = self._root(e.filename for e in entries if e.filename.endswith(".txt"))
        total = 0
        for entry in entries:
            if entry.filename in self._names.values():
                total += entry.file_size
                self._check_size(entry.filename, entry.file_size, entry.compress_size)
        self._check_size(self.path.name, total, None)
        return self

    def __exit__(self, *_: object) -> None:
        if self._zip is not None:
            self._zip.close()

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def rows(
        self, name: str, required: Sequence[str], optional: Sequence[str] = ()
    ) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Yield (line, fields) of a table, the fields in the order asked for; blank when absent.

        A table that is absent yields nothing. Blank lines are passed over.

        Raises
        ------
        BadInputError
            A required column is missing, or the table cannot be read.
        """
        if name not in self._names:
            return
        try:
            with self._open(name) as stream:
                yield from self._parse(name, stream, required, optional)
        except (UnicodeDecodeError, csv.Error, OSError, EOFError, RuntimeError, NotImplementedError,
                zlib.error, zipfile.BadZipFile) as error:  # fmt: skip
            raise self.faults.refuse(name, 0, _why(error)) from error

    def _parse(
        self, name: str, stream: IO[str], required: Sequence[str], optional: Sequence[str]
    ) -> Iterator[tuple[int, tuple[str, ...]]]:
        lines = _Lines(stream)
        reader = csv.reader(lines, skipinitialspace=True)
        header = [title.strip().lower() for title in next(reader, [])]
        missing = [title for title in required if title not in header]
        if missing:
            reason = trn(
                "the column {names} is missing",
                "the columns {names} are missing",
                len(missing),
                names=", ".join(missing),
            )
            raise self.faults.refuse(name, 1, reason)
        # A blank is put behind each row, which is where index -1 looks for an absent column.
        titles = [*required, *optional]
        pick = itemgetter(*(header.index(t) if t in header else -1 for t in titles), -1)
        width = len(header)
        for row in reader:
            self._count(name, reader.line_num, lines.taken())
            if len(row) != width:
                if not any(row):
                    continue
                if len(row) < width:
                    reason = tr("{n} fields for {width} columns", n=len(row), width=width)
                    self.faults.mend(name, reader.line_num, reason, tr("filled up"))
                    row.extend([""] * (width - len(row)))
                else:
                    del row[width:]
                    reason = tr("more fields than the {width} columns", width=width)
                    self.faults.mend(name, reader.line_num, reason, tr("cut"))
            row.append("")
            yield reader.line_num, pick(row)[:-1]

    def _count(self, name: str, line: int, characters: int) -> None:
        """Count what has been read of the feed, and refuse what would not fit into memory."""
        self._rows += 1
        self._characters += characters
        if self._rows > MOST_ROWS:
            reason = tr("more than {count} rows", count=f"{MOST_ROWS:,}")
            raise self.faults.refuse(name, line, reason)
        if self._characters > LARGEST_READ:
            reason = tr("more than {size} MB of text", size=f"{LARGEST_READ / 1e6:.0f}")
            raise self.faults.refuse(name, line, reason)

    def _open(self, name: str) -> IO[str]:
        where = self._names[name]
        stream = self._zip.open(where) if self._zip else (self.path / where).open("rb")
        return io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")

    def _root(self, names: Iterator[str]) -> dict[str, str]:
        """Return the tables by bare name, of the outermost folder that holds a timetable."""
        paths = {name: PurePosixPath(name) for name in names}
        paths = {
            name: path
            for name, path in paths.items()
            if "__MACOSX" not in path.parts and not path.name.startswith("._")
        }
        roots = sorted(
            {path.parent for path in paths.values() if path.name == _LANDMARK},
            key=lambda path: (len(path.parts), str(path)),
        )
        if not roots:
            raise self.faults.refuse(_LANDMARK, 0, tr("the file is missing"))
        if len(roots) > 1 and len(roots[0].parts) == len(roots[1].parts):
            reason = tr("it holds two feeds, {one} and {other}", one=roots[0], other=roots[1])
            raise self.faults.refuse(self.path.name, 0, reason)
        return {path.name: name for name, path in paths.items() if path.parent == roots[0]}

    def _check_size(self, name: str, size: int, packed: int | None) -> None:
        if size > LARGEST_FEED_BYTES:
            reason = tr("it is {size} GB unpacked, too large", size=words.number(size / 1e9, 1))
            raise self.faults.refuse(name, 0, reason)
        if packed is not None and size > SMALL_FILE_BYTES and size > LARGEST_RATIO * packed:
            reason = tr(
                "{packed} bytes unpack to {size}: no timetable packs so well",
                packed=f"{packed:,}",
                size=f"{size:,}",
            )
            raise self.faults.refuse(name, 0, reason)


def _entries(path: Path) -> int:
    """Return how many files a zip holds, or a few more: Python lists all in memory, by millions."""
    count, before = 0, b""
    with path.open("rb") as stream:
        while chunk := stream.read(1 << 20):
            count += (before + chunk).count(b"PK\x01\x02")
            before = chunk[-3:]
    return count


class _Lines:
    """The lines of a table, each and those of one row together of bounded length."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream
        self._taken = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._stream.readline(LONGEST_ROW)
        if not line:
            raise StopIteration
        self._taken += len(line)
        if self._taken >= LONGEST_ROW:
            raise csv.Error(tr("a row has more than {count} characters", count=f"{LONGEST_ROW:,}"))
        return line

    def taken(self) -> int:
        """Return how many characters were taken since this was asked last."""
        taken, self._taken = self._taken, 0
        return taken


def _why(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return tr("it is not text in UTF-8")
    if isinstance(error, FileNotFoundError):
        return tr("there is no such file")
    if isinstance(error, zipfile.BadZipFile):
        return tr("it is not a whole zip file ({error})", error=error)
    return tr(
        "it cannot be read: {reason}",
        reason=words.reason(error) if isinstance(error, OSError) else error,
    )
