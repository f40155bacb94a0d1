"""Print a map below an answer, fitted to the terminal."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from lens_routes.cli.frame import console

if TYPE_CHECKING:
    from rich.console import Console

    from lens_routes.output.terminal_map.draw import MapLook
    from lens_routes.output.terminal_map.sketch import Sketch
    from lens_routes.streets.network.network import Network

#: Rows of the terminal that the map leaves to its legend and the prompt.
ROWS_BELOW = 6
#: Rows of a map that goes to a file or another program.
ROWS_OF_A_PAGE = 32


def print_map(sketch: Sketch, network: Network | None) -> None:
    """Print a sketch on the streets of *network*, or on nothing where none is installed."""
    from rich.text import Text

    from lens_routes.output.terminal_map.draw import frame_of, render_map
    from lens_routes.streets.around.scenery import base_map

    look = look_of(console.stdout())
    frame = frame_of(sketch, look)
    base = None if network is None else base_map(network, frame.bounds)
    console.print_lines([Text(), *render_map(sketch, frame, base, look)])


def look_of(terminal: Console) -> MapLook:
    """Return what a terminal can show: dots need Unicode, and colours may be unwanted."""
    from lens_routes.output.terminal_map.draw import MapLook

    return MapLook(
        width=terminal.width,
        height=terminal.height - ROWS_BELOW if terminal.is_terminal else ROWS_OF_A_PAGE,
        unicode=terminal.encoding.startswith("utf") and os.environ.get("TERM") != "dumb",
        colour=terminal.color_system is not None and not terminal.no_color,
    )
