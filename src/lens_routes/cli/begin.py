"""``start-here``: from nothing to a first plan, each step left out that is done already."""

from __future__ import annotations

import contextlib
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from lens_routes.cli.frame import console
from lens_routes.errors import LensRoutesError, NetworkError
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Sequence


def start_here(
    ctx: typer.Context,
    where: Annotated[
        str, typer.Argument(metavar="NAME|FILE", help="A town, or a map of it: .osm.pbf, .osm.gz.")
    ],
    radius: Annotated[
        float, typer.Option(help="Kilometres around the town.", min=0.5, max=30)
    ] = 3.0,
    title: Annotated[str | None, typer.Option(help="What to call it. Default: its name.")] = None,
) -> None:
    """Begin with a territory: its sights, its streets, a first plan.

    What is done already is left out: a line that broke off can be typed again. Each step is a
    command of its own, and is shown.
    """
    from lens_routes.files import territory
    from lens_routes.files.look import is_file

    source = Path(where) if is_file(Path(where)) else None
    called = (
        title or (source.name.partition(".")[0] if source else where.partition(",")[0])
    ).strip()
    called = called.title() if called.islower() else called
    name = territory.name_of(called)
    area = None if source else _area(where, name, radius)
    _do(ctx, 1, ["territory", "use", name])
    if territory.own_places():
        _done(2, tr("its places are there: {file}", file=territory.own_places()))
    else:
        map_of = ["--from", str(source)] if source else ["--bbox", area or ""]
        _do(ctx, 2, ["places", "discover", *map_of, "--title", called, "--yes"])
    if _has_streets():
        _done(3, tr("its streets are there"))
    elif source:
        _do(ctx, 3, ["streets", "import", str(source)])
    else:
        _do(ctx, 3, ["streets", "download", "--bbox", area or ""])
    _do(ctx, 4, ["plan"])


def _area(where: str, name: str, radius_km: float) -> str | None:
    """Return the box to download; None where nothing of the territory is missing.

    Raises
    ------
    NetworkError
        The town cannot be looked up; the hint says which file to give.
    """
    from lens_routes.files import territory
    from lens_routes.files.look import is_file
    from lens_routes.geocode.geocoder import town
    from lens_routes.streets.build.boxes import as_text, bbox_around

    folder = territory.folder(name)
    if is_file(folder / territory.PLACES) and is_file(territory.network_in(folder)):
        return None
    try:
        return as_text(bbox_around([town(where).point], radius_km * 1000))
    except NetworkError as error:
        command = f"lens-routes start-here {name}.osm.pbf"
        hint = tr(
            "Without a connection give a map of it, an extract of OpenStreetMap that ends in"
            " .osm.pbf or .osm.gz: {command}",
            command=command,
        )
        raise NetworkError(error.message, hint) from error


def _has_streets() -> bool:
    from lens_routes.streets.network import store

    try:
        store.info(store.default_path())
    except LensRoutesError:
        return False
    return True


def _do(ctx: typer.Context, step: int, words: Sequence[str]) -> None:
    """Run a command of the program; only the answer of the last is that of this one."""
    _done(step, f"lens-routes {shlex.join(words)}")
    root = ctx.find_root()
    program: Any = root.command
    with contextlib.ExitStack() as stack:
        if words[0] != "plan":
            stack.enter_context(contextlib.redirect_stdout(sys.stderr))
        program(list(words), standalone_mode=False, default_map=root.default_map, obj=root.obj)


def _done(step: int, what: str) -> None:
    console.say(tr("{step}/4 {what}", step=step, what=what))
