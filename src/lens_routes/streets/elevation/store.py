"""Keep height data on this machine, one mapped file for each raster."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np

from lens_routes.errors import NotInstalledError
from lens_routes.files import mapped_file, territory
from lens_routes.files.storage import remove_file
from lens_routes.streets.elevation.raster import Raster
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from pathlib import Path

FORM = mapped_file.Format(magic=b"LRHEIGHT", version=1, sections={"values": "H"})
_ENDING = ".lrh"
_ABOUT = ("name", "crs", "x", "y", "dx", "dy", "base_m", "step_m")


def folder() -> Path:
    """Return where the height data of this machine are kept."""
    return territory.folder() / "elevation"


def names() -> list[str]:
    """Return the names of the height data of this machine, in order."""
    return sorted(path.stem for path in folder().glob(f"*{_ENDING}"))


def path_of(name: str) -> Path:
    """Return the file that data of this name are kept in."""
    return folder() / (re.sub(r"[^\w.+-]+", "-", name).strip(".-")[:80] + _ENDING)


def save(raster: Raster) -> Path:
    """Keep a raster, in place of an older one of its name; return the file.

    Raises
    ------
    StorageError
        The folder cannot be written, or the disk is full.
    """
    about: dict[str, Any] = {name: getattr(raster, name) for name in _ABOUT}
    path = path_of(raster.name)
    mapped_file.write(
        path,
        FORM,
        {**about, "shape": list(raster.values.shape)},
        {"values": np.ascontiguousarray(raster.values)},
    )
    return path


def load(name: str) -> Raster:
    """Return the data of a name; their values stay in the file.

    Raises
    ------
    NotInstalledError
        There are none, or the file is damaged or of another version of the program.
    """
    path = path_of(name)
    try:
        about, buffers = mapped_file.read(path, FORM)
    except FileNotFoundError:
        raise NotInstalledError(
            tr("No height data are called {name}.", name=name),
            tr("See what there is: {command}", command="lens-routes elevation list"),
        ) from None
    except mapped_file.UnusableFileError as error:
        raise NotInstalledError(
            tr("The height data {path} {reason}.", path=path, reason=error.reason),
            tr("Remove them: {command}", command=f"lens-routes elevation remove {path.stem}"),
        ) from error
    shape = about.pop("shape")
    return Raster(**about, values=np.asarray(buffers["values"]).reshape(shape))


def load_all() -> list[Raster]:
    """Return all height data of this machine; raises as `load` does."""
    return [load(name) for name in names()]


def remove(name: str) -> bool:
    """Forget the data of a name; return whether there were any."""
    return remove_file(path_of(name))
