"""Where the data that come with the program are."""

from __future__ import annotations

from pathlib import Path

from lens_routes.errors import NotInstalledError
from lens_routes.files.look import is_file
from lens_routes.files.territory import own_places
from lens_routes.text.language import tr
from lens_routes.text.wording import listed

_PACKAGE = Path(__file__).resolve().parents[1]
#: In an installed wheel the data are inside the package; in a source tree beside ``src``.
#: A plain path, because importlib.resources costs 25 ms to import and the path is shown to people.
_FOLDERS = (_PACKAGE / "data", _PACKAGE.parents[1] / "data")


def shipped(name: str) -> Path:
    """Return the path of a file shipped with the program, such as ``places.geojson``.

    Raises
    ------
    NotInstalledError
        The installation is incomplete.
    """
    for folder in _FOLDERS:
        if is_file(folder / name):
            return folder / name
    raise NotInstalledError(
        tr(
            "The file {name} that comes with the program is missing; it was looked for in"
            " {folders}.",
            name=name,
            folders=listed([str(folder) for folder in _FOLDERS]),
        ),
        tr(
            "Install lens-routes again: {command}",
            command="python -m pip install --force-reinstall --no-deps lens-routes",
        ),
    )


def in_use() -> Path:
    """Return the catalogue in use: the territory's own, else the one that is shipped."""
    return own_places() or shipped("places.geojson")


def is_installed(path: Path) -> bool:
    """Tell whether a shipped file is inside the installed package, which an upgrade replaces."""
    return _PACKAGE in path.parents
