"""Keep compiled timetables, one file a feed."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING, Any

from lens_routes.errors import NotInstalledError
from lens_routes.files import mapped_file
from lens_routes.text import wording
from lens_routes.text.language import LANGUAGES, said_in, text_in, tr
from lens_routes.timetable.network import installed
from lens_routes.timetable.network.timetable import Meta, Timetable
from lens_routes.timetable.read.faults import Fault

if TYPE_CHECKING:
    from pathlib import Path

_BYTES = {"string_bytes", "stop_wheelchair", "trip_wheelchair", "visit_pickup", "visit_drop",
          "pattern_zone", "service_days"}  # fmt: skip
FORM = mapped_file.Format(
    magic=b"LRTRANSI",
    version=3,
    sections={
        field.name: "B" if field.name in _BYTES else "i"
        for field in dataclasses.fields(Timetable)
        if field.name != "meta"
    },
)


class TimetableUnusableError(NotInstalledError):
    """A timetable on this machine is damaged, or of another version of the program."""


def save(timetable: Timetable, path: Path) -> None:
    """Write a timetable to *path*, whole or not at all.

    Raises
    ------
    StorageError
        The folder cannot be written, or the disk is full.
    """
    meta = dataclasses.asdict(timetable.meta)
    meta["first_day"] = timetable.meta.first_day.isoformat()
    meta["mended"] = [
        {**fault._asdict(), "reason": _texts(fault.reason), "remedy": _texts(fault.remedy)}
        for fault in timetable.meta.mended
    ]
    meta["mended_counts"] = [
        (file, _texts(remedy), count) for file, remedy, count in meta["mended_counts"]
    ]
    columns = {name: getattr(timetable, name) for name in FORM.sections}
    mapped_file.write(path, FORM, meta, columns)


def load(path: Path) -> Timetable:
    """Map a timetable into memory, after checking that every byte of it is as it was written.

    Raises
    ------
    NotInstalledError
        There is no such file.
    TimetableUnusableError
        The file is damaged, or was written by another version of the program.
    """
    try:
        about, columns = mapped_file.read(path, FORM)
    except FileNotFoundError:
        raise _missing(path) from None
    except mapped_file.UnusableFileError as error:
        raise _unusable(path, error) from error
    return Timetable(_meta(about), **columns)


def info(path: Path) -> Meta:
    """Return what a timetable is made of, reading and checking its header only; see `load`."""
    try:
        return _meta(mapped_file.read_about(path, FORM))
    except FileNotFoundError:
        raise _missing(path) from None
    except mapped_file.UnusableFileError as error:
        raise _unusable(path, error) from error


def _missing(path: Path) -> NotInstalledError:
    known = installed.names()
    if known:
        return NotInstalledError(
            tr(
                "No timetable is called {name}; installed: {names}.",
                name=wording.quoted(path.stem),
                names=", ".join(known),
            ),
            tr("See: lens-routes transit list"),
        )
    return NotInstalledError(tr("No timetable is installed."), command=("transit", "add", "ter"))


def _unusable(path: Path, error: mapped_file.UnusableFileError) -> TimetableUnusableError:
    source = str((error.about or {}).get("source") or "")
    return TimetableUnusableError(
        tr("The timetable {path} {what}.", path=path, what=error.reason),
        command=("transit", "add", source, "--name", path.stem) if source else (),
        hint="" if source else tr("Remove it: lens-routes transit remove {name}", name=path.stem),
    )


def _meta(about: dict[str, Any]) -> Meta:
    return Meta(
        **{
            **about,
            "bbox": tuple(about["bbox"]) if about["bbox"] else None,
            "zones": tuple(about["zones"]),
            "first_day": dt.date.fromisoformat(about["first_day"]),
            "days": tuple(about["days"]),
            "agencies": tuple(about["agencies"]),
            "mended": tuple(
                Fault(
                    fault["file"],
                    fault["line"],
                    said_in(fault["reason"]),
                    said_in(fault["remedy"]),
                )
                for fault in about["mended"]
            ),
            "mended_counts": tuple(
                (file, said_in(remedy), count) for file, remedy, count in about["mended_counts"]
            ),
        }
    )


def _texts(text: str) -> dict[str, str]:
    return {language: text_in(text, language) for language in LANGUAGES}
