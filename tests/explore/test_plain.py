"""Line by line: the same territory, day and files, for who does not see a screen."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.explore.playing import NINE

from lens_routes.explore.plain import converse
from lens_routes.library import Territory
from lens_routes.text import language

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from tests.conftest import Town


def talk(town: Town, *lines: str) -> list[str]:
    """Type lines and return what is said, each answer as one text."""
    territory = Territory.open(town.catalogue, NINE)
    said: list[list[str]] = [[]]
    waiting = iter(lines)

    def say(line: str) -> None:
        said[-1].append(line)

    def ask() -> str:
        said.append([])
        try:
            return next(waiting) + "\n"
        except StopIteration:
            raise EOFError from None

    converse(territory, territory.request(minutes=240), ask, say)
    return ["\n".join(answer) for answer in said]


def test_places_are_read_out_and_found(town: Town) -> None:
    """The nearest first; words narrow them; a number tells all about one; Enter goes on."""
    first, found, card, *_ = talk(town, "lampe", "1")
    assert first.splitlines()[1].startswith("1. Gare de Fosse-Haute, 0 min on foot")
    assert found.splitlines()[1].startswith("1. Musée de la Lampe")
    assert "Four hundred miners’ lamps" in card
    assert talk(town, "")[1].splitlines()[1].startswith("11. ")


def test_a_day_is_planned_changed_and_saved(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Want, plan, drop, undo, see what would fit, save, export, and the command for it."""
    monkeypatch.chdir(tmp_path)
    answers = talk(
        town, "want 2", "plan", "drop 1", "undo", "instead 1", "instead 1 1",
        "save day.json", "save day.json", "export ics day.ics", "command", "quit", "never read",
    )  # fmt: skip
    _, want, plan, drop, undo, offers, swapped, saved, again, exported, command, *rest = answers
    assert "will be in the day" in want
    assert plan == undo.partition("\n")[2]
    assert drop != plan
    assert offers.startswith("1. ")
    assert swapped not in (plan, offers)
    assert saved == "Wrote day.json."
    assert "exists" in again
    assert exported == "Wrote day.ics."
    assert json.loads((tmp_path / "day.json").read_text(encoding="utf-8"))["days"]
    assert command.startswith("lens-routes plan ")
    assert rest == [""]


def test_what_makes_no_sense_is_said(town: Town) -> None:
    """A wrong number, a day that is not there, a file without a name: said, and it goes on."""
    answers = talk(town, "want 99", "drop 1", "save x", "plan", "save", "drop 77", "from nowhere")
    for answer, words in zip(
        answers[1:],
        ["no number 99", "No day", "No day", "visits", "Name a file", "no number 77", "nowhere"],
        strict=False,
    ):
        assert words in answer


def test_french_words_do_the_same(town: Town) -> None:
    """Commands in French, answers in French."""
    language.use("fr")
    _, want, help_, _ = talk(town, "vouloir 1", "aide")
    assert "Dans la journée" in want
    assert "planifier" in help_
