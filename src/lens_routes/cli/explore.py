"""``explore``: the territory on the screen, or as a plain list."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from lens_routes.cli.frame import console, options, resources
from lens_routes.cli.frame.defaults import of_settings
from lens_routes.cli.plan.asking import request_of, without_idle
from lens_routes.cli.plan.signature import asks_for_a_day
from lens_routes.errors import UsageError
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from lens_routes.library import Territory
    from lens_routes.planning.request import Request


@asks_for_a_day
def explore(
    ctx: typer.Context,
    *,
    plain: Annotated[
        bool,
        typer.Option("--plain", help="Ask and answer line by line, for screen readers."),
    ] = False,
    mouse: Annotated[
        bool, typer.Option("--mouse/--no-mouse", help="Whether the mouse works there.")
    ] = True,
    places: options.Places = None,
    online: options.Online = False,
    **asked: Any,
) -> None:
    """Look around, plan a day and change it, on the screen.

    The options say what is asked of the day at first.
    """
    from lens_routes.library import Territory

    _require_terminal(plain=plain)
    catalogue = resources.load_catalogue(places)
    territory = Territory(catalogue, console.now(catalogue.timezone), console.say)
    asked = without_idle(asked, of_settings(ctx))
    request = request_of(asked, territory.catalogue, territory.now, online=online)
    if plain:
        from lens_routes.explore.plain import converse

        converse(territory, request, _typed, console.answer)
    else:
        _on_screen(territory, request, places, online=online, mouse=mouse)


def _on_screen(
    territory: Territory, request: Request, places: Path | None, *, online: bool, mouse: bool
) -> None:
    from lens_routes.explore.app import Explorer

    app = Explorer(territory, request, places=places, online=online)
    app.run(mouse=mouse)


def _typed() -> str:
    """Return the next line typed."""
    if sys.stdin.isatty():
        sys.stdout.write("> ")
        sys.stdout.flush()
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line


def _require_terminal(*, plain: bool) -> None:
    """Refuse to draw where nobody would see it.

    Raises
    ------
    UsageError
        There is no terminal, or one that cannot be drawn on.
    """
    if plain:
        return
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError(
            tr("explore needs a terminal to draw on."),
            tr("In a script use plan, nearby or places; to be read line by line: explore --plain."),
        )
    if os.environ.get("TERM", "") in ("", "dumb"):
        raise UsageError(
            tr("This terminal cannot be drawn on (TERM={term}).", term=os.environ.get("TERM", "")),
            tr("Use: lens-routes explore --plain"),
        )
