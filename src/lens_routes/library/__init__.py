"""The library: a territory to look around in, to plan days in and to take them along, from Python.

What the program's own screens stand on is all of it: `Territory` answers questions, a `Draft` is a
day that is being changed. Both are described in docs/library.md.
"""

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
