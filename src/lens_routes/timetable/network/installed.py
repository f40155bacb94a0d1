"""The timetables of this machine: where they are kept, and what they are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens_routes.errors import UsageError
from lens_routes.files import territory
from lens_routes.files.look import files_in
from lens_routes.files.names import portable
from lens_routes.text import wording
from lens_routes.text.expressions import expression
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from pathlib import Path

SUFFIX = ".lrt"
_NAME = expression(r"[a-z0-9][a-z0-9._-]{0,62}")


def folder() -> Path:
    """Return where the timetables of this machine are kept."""
    return territory.folder() / "transit"


def path_of(name: str) -> Path:
    """Return where the timetable called *name* is kept.

    Raises
    ------
    UsageError
        The name could not be that of a file everywhere.
    """
    if not _NAME.fullmatch(name):
        raise UsageError(
            tr("{name} cannot name a timetable.", name=wording.quoted(name)),
            tr("Use small letters, digits, dots and dashes, such as --name tadao."),
        )
    return folder() / portable(f"{name}{SUFFIX}")


def names() -> list[str]:
    """Return the names of the timetables installed."""
    return [path.stem for path in files_in(folder(), f"*{SUFFIX}")]
