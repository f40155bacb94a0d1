"""The library: a territory to look around in, to plan days in and to take them along, from Python.

What the program's own screens stand on is all of it: `Territory` answers questions, a `Draft` is a
day that is being changed. Both are described in docs/library.md. Each name is loaded when it is
first asked for: commands that need one of them do not wait for the others.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lens_routes.library.draft import Draft
    from lens_routes.library.formats import FORMATS, Wishes
    from lens_routes.library.territory import Reached, Territory
    from lens_routes.planning.around.standing import Standing
    from lens_routes.planning.change.gap import Filler, Gap

__all__ = [
    "FORMATS",
    "Draft",
    "Filler",
    "Gap",
    "Reached",
    "Standing",
    "Territory",
    "Wishes",
]
_HOMES = {
    "FORMATS": "library.formats",
    "Draft": "library.draft",
    "Filler": "planning.change.gap",
    "Gap": "planning.change.gap",
    "Reached": "library.territory",
    "Standing": "planning.around.standing",
    "Territory": "library.territory",
    "Wishes": "library.formats",
}


def __getattr__(name: str) -> Any:
    """Return a public name from where it is at home."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"lens_routes.{_HOMES[name]}"), name)
