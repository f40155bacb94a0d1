"""The journeys of a service day between some places, in one checksummed file that maps to memory.

They are worked out once for the whole day; every plan of that day begins with reading them.
"""

from __future__ import annotations

import hashlib
from array import array
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from lens_routes.errors import StorageError
from lens_routes.files.look import files_in
from lens_routes.files.mapped_file import Format, UnusableFileError, read, write
from lens_routes.files.storage import remove_file
from lens_routes.text.language import tr
from lens_routes.travel.rides.choice import Journey

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from lens_routes.travel.rides.table import Journeys, Places

SUFFIX = ".lrj"
#: Days that are kept: the ones used last, of every request.
MOST_KEPT = 20

#: By pair of places, row by row, where its journeys begin; then the figures of each journey.
_SECTIONS = {"first": "I", "leave": "i", "arrive": "i", "walk_s": "I", "rides": "B", "kind": "B"}
_FORMAT = Format(b"LRDAYJRN", 1, _SECTIONS)


@dataclass(frozen=True, slots=True)
class Keeping:
    """Where journeys are kept, None for nowhere, and who is told of the work done for them.

    ``report`` is told what is being done and what share of it, ``tell`` what a person should know.
    """

    folder: Path | None = None
    report: Callable[[str, float], None] = field(default=lambda _what, _share: None)
    tell: Callable[[str], None] = field(default=lambda _text: None)


class DayJourneys:
    """The journeys of a day between places numbered from 0; times count from ``midnight``.

    Parameters
    ----------
    places
        How many places there are.
    midnight
        POSIX time that `Journey` times are counted from.
    columns
        The figures, as `pack` gives them.
    """

    def __init__(self, places: int, midnight: int, columns: Mapping[str, Any]) -> None:
        self.places = places
        self.midnight = midnight
        self.columns = columns

    @classmethod
    def pack(cls, places: int, midnight: int, rows: Iterable[Journeys]) -> DayJourneys:
        """Return the journeys between all places, given by origin, their pairs destinations."""
        import numpy as np  # noqa: PLC0415  # only where tours are planned

        parts = list(rows)
        sizes = np.concatenate([np.bincount(part.pair, minlength=places) for part in parts])
        columns = {"first": np.concatenate(([0], np.cumsum(sizes)))}
        for name in Journey._fields:
            columns[name] = np.concatenate([getattr(part, name) for part in parts])
        packed = {
            name: array(code, columns[name].astype(code).tobytes())
            for name, code in _SECTIONS.items()
        }
        return cls(places, midnight, packed)

    def among(self, pairs: Places) -> tuple[Places, Places]:
        """Return the places in the columns of the journeys of some pairs, row by row of places.

        And before that, for each, which of the pairs it is of.
        """
        import numpy as np  # noqa: PLC0415  # only where tours are planned

        first = np.asarray(self.columns["first"]).astype(np.int64)
        begin, size = first[pairs], first[pairs + 1] - first[pairs]
        of = np.repeat(np.arange(len(pairs)), size)
        return of, np.arange(len(of)) - np.repeat(np.cumsum(size) - size - begin, size)


def load(keeping: Keeping, date: dt.date, key: str) -> DayJourneys | None:
    """Return the journeys kept for a day under a key; None where they have to be worked out."""
    path = _path(keeping, date, key)
    if path is None:
        return None
    try:
        about, columns = read(path, _FORMAT)
        if about["key"] != key:
            return None
        return DayJourneys(about["places"], about["midnight"], columns)
    except FileNotFoundError:
        return None
    except (UnusableFileError, KeyError):
        keeping.tell(tr("{path} cannot be used: it is made again.", path=path))
        return None


def save(keeping: Keeping, date: dt.date, key: str, journeys: DayJourneys) -> None:
    """Keep the journeys of a day; where that fails, say so and go on."""
    path = _path(keeping, date, key)
    if path is None:
        return
    about = {"key": key, "places": journeys.places, "midnight": journeys.midnight}
    try:
        write(path, _FORMAT, about, journeys.columns)
        _forget(path.parent)
    except StorageError as error:
        keeping.tell(
            tr("The journeys of {date} could not be kept: {reason}", date=date, reason=str(error))
        )


def _path(keeping: Keeping, date: dt.date, key: str) -> Path | None:
    if keeping.folder is None:
        return None
    name = hashlib.sha256(key.encode()).hexdigest()[:16]
    return keeping.folder / f"{date.isoformat()}-{name}{SUFFIX}"


def _forget(folder: Path) -> None:
    """Remove what was made longest ago, where there is too much."""
    made = []
    for path in files_in(folder, f"*{SUFFIX}"):
        try:
            made.append((path.stat().st_mtime_ns, path))
        except OSError:
            continue
    for _, path in sorted(made)[:-MOST_KEPT]:
        remove_file(path)
