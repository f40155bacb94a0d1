"""Where the data that come with the program are."""

from __future__ import annotations

from pathlib import Path

from lens_routes.errors import NotInstalledError

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
        if (folder / name).is_file():
            return folder / name
    raise NotInstalledError(
        f"The file {name} that comes with the program is missing; it was looked for in "
        f"{' and '.join(str(folder) for folder in _FOLDERS)}.",
        "Install lens-routes again: python -m pip install --force-reinstall --no-deps lens-routes",
    )
