"""The territory in use: the folder of its streets, tables, timetables, heights and places.

Territories lie side by side in ``territories`` of the data directory; ``default`` is the data
directory itself, where everything lay before there were several.
"""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

from lens_routes.errors import NotFoundError, StorageError, UsageError
from lens_routes.files.look import is_file, is_folder, required
from lens_routes.files.storage import home, make_folder, remove_file, write_text
from lens_routes.text import wording
from lens_routes.text.language import tr
from lens_routes.text.words import slug

if TYPE_CHECKING:
    from pathlib import Path

#: Names the territory for one process and those it starts.
VARIABLE = "LENS_ROUTES_TERRITORY"
DEFAULT = "default"
#: The catalogue of a territory that keeps its own.
PLACES = "places.geojson"


def current() -> str:
    """Return the territory in use: the variable's, else the one that was chosen to stay."""
    if named := os.environ.get(VARIABLE):
        return name_of(named)
    chosen = home() / "territory"
    return name_of(required(chosen).decode(errors="replace")) if is_file(chosen) else DEFAULT


def name_of(text: str) -> str:
    """Return what a territory is called on disk: ``Porto Alegre`` is ``porto-alegre``.

    Raises
    ------
    UsageError
        No name can be made of the text.
    """
    if name := slug(text)[:60]:
        return name
    raise UsageError(
        tr("{name} cannot name a territory.", name=wording.quoted(text)),
        tr("Use letters and digits, such as --territory monaco."),
    )


def folder(name: str | None = None) -> Path:
    """Return where a territory lies, that in use unless another is named."""
    name = name or current()
    return home() if name == DEFAULT else home() / "territories" / name


def network_in(folder: Path) -> Path:
    """Return where the network of streets is kept in a territory's folder."""
    return folder / "streets" / "network.lrn"


def names() -> list[str]:
    """Return the territories of this machine, the default one first."""
    root = home() / "territories"
    found = sorted(path.name for path in root.iterdir()) if is_folder(root) else []
    return [DEFAULT, *(name for name in found if is_folder(root / name))]


def own_places() -> Path | None:
    """Return the catalogue that the territory in use keeps, None where it has none."""
    path = folder() / PLACES
    return path if is_file(path) else None


def choose(name: str) -> None:
    """Use a territory from now on, also in this process; its folder is made."""
    make_folder(folder(name))
    write_text(home() / "territory", f"{name}\n")
    os.environ[VARIABLE] = name


def remove(name: str) -> None:
    """Delete a territory with all it holds; the default one comes into use if it was.

    Raises
    ------
    UsageError
        It is the default one.
    NotFoundError
        There is no such territory.
    StorageError
        It cannot be deleted.
    """
    if name == DEFAULT:
        raise UsageError(
            tr("The default territory is the data directory itself."),
            tr("Take out what it holds: {command}", command="lens-routes streets remove"),
        )
    if name not in names():
        raise NotFoundError(
            tr("There is no territory {name}.", name=wording.quoted(name)),
            tr("Those of this machine are: {names}.", names=", ".join(names())),
        )
    try:
        shutil.rmtree(folder(name))
    except OSError as error:
        raise StorageError(
            tr("{path} cannot be removed: {reason}.", path=folder(name),
               reason=wording.reason(error))
        ) from error  # fmt: skip
    if current() == name and not os.environ.get(VARIABLE):
        remove_file(home() / "territory")
