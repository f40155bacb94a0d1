"""A picker on the terminal, for places that words do not settle: found by typing a part."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from lens_routes.cli.frame import console, resources
from lens_routes.cli.frame.defaults import taken
from lens_routes.errors import MissingPlaceError
from lens_routes.text.language import tr
from lens_routes.text.words import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


#: What the arguments are called that stand for a place.
PLACES = ("where", "origin", "destination")


def drawable() -> bool:
    """Tell whether there is a terminal to draw on; the answer on stdout may go elsewhere."""
    return console.interactive() and os.environ.get("TERM", "") not in ("", "dumb")


def choose(question: str, choices: Sequence[str]) -> int:
    """Ask for one of *choices* by its number, in a picker too where one can be drawn.

    Raises
    ------
    typer.Abort
        The person leaves without an answer.
    """
    if not drawable():
        return console.choose(question, choices)

    def find(words: str) -> list[int]:
        number = int(words) if words.strip().isdecimal() else 0
        if 0 < number <= len(choices):
            return [number - 1]
        return [n for n, choice in enumerate(choices) if fold(words) in fold(choice)]

    return pick(question, [f"{n}  {choice}" for n, choice in enumerate(choices, 1)], find)


def pick(
    question: str,
    choices: Sequence[str],
    find: Callable[[str], Sequence[int]] | None = None,
    typed: str = "",
) -> int:
    """Return the number of the choice a person picks; *find* tells which answer to words.

    Raises
    ------
    typer.Abort
        The person leaves without one.
    """
    from lens_routes import explore
    from lens_routes.explore.stage.dialogs import Choose
    from lens_routes.explore.stage.drawn import Drawn

    class Picker(Drawn[int]):
        CSS_PATH = Path(explore.__path__[0]) / "style.tcss"
        ENABLE_COMMAND_PALETTE = False

        def on_mount(self) -> None:
            self.push_screen(Choose(question, choices, find=find, words=typed), self.exit)

    number = Picker().run()
    if number is None:
        raise typer.Abort
    return number


def pick_place(question: str, arguments: Sequence[str], typed: str = "") -> str:
    """Return the id of the place of the catalogue that a person picks; see `pick`."""
    from lens_routes.catalogue.find.search import Index

    _, file = taken([*arguments], "--places")
    catalogue = resources.load_catalogue(Path(file) if file else None)
    places, index = catalogue.places, Index(catalogue)
    numbers = {place.id: number for number, place in enumerate(places)}

    def find(words: str) -> list[int]:
        if not words.strip():
            return [*range(len(places))]
        return [numbers[hit.place.id] for hit in index.search(words, typing=True)]

    labels = [" · ".join(filter(None, (p.name, p.commune, p.kind_name))) for p in places]
    return places[pick(question, labels, find, typed)].id


def missing(error: Exception) -> bool:
    """Tell whether a command line lacks the place that a command is about."""
    lacks = getattr(getattr(error, "param", None), "name", "") in PLACES
    return isinstance(error, MissingPlaceError) or (
        lacks and type(error).__name__ == "MissingParameter"
    )


def unknown(words: str) -> str:
    """Return the question that words ask that no place is called by."""
    return tr("No place is called “{words}”. Which one is meant?", words=words)
