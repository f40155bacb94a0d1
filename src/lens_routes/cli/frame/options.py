"""Options that several commands share, declared once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Json = Annotated[bool, typer.Option("--json", help="Print one JSON document instead of text.")]
Places = Annotated[
    Path | None,
    typer.Option(
        "--places", help="Use the places of this GeoJSON file instead of the shipped ones."
    ),
]
Online = Annotated[
    bool,
    typer.Option("--online", help="Look addresses up on the internet (BAN, then Nominatim)."),
]
Pace = Annotated[
    str, typer.Option("--pace", help="Walking pace: slow, normal, fast, or km/h such as 4.2.")
]
Why = Annotated[
    bool, typer.Option("--why", help="Say of every place left out why it is, and all sources.")
]
Steps = Annotated[
    bool, typer.Option("--steps", help="Print the streets of each walk; needs the streets.")
]
ShowMap = Annotated[
    bool, typer.Option("--map", help="Draw a map below: streets, way, numbered stops, north up.")
]
