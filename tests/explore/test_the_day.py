"""The day: planned beside the screen, changed by hand, taken along."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

from tests.explore.playing import Player, play

from lens_routes.explore.stage.dialogs import Ask, Choose, Read
from lens_routes.judge.judge import judge
from lens_routes.text import language

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from tests.conftest import Town


async def _plan(player: Player) -> None:
    await player.press("p")
    await player.planned()
    assert player.app.screen is player.day


def test_a_day_is_planned_with_what_is_wanted_and_taken_along(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Filter, want, plan, swap a stop, undo, redo, save and export: a whole session."""
    monkeypatch.chdir(tmp_path)

    async def script(player: Player) -> None:
        await player.press("slash")
        await player.type("parc")
        await player.press("enter", "space", "escape")
        await _plan(player)
        first = player.visits
        assert "parc" in first
        assert "you want it" in player.text

        other = "musee"
        await player.choose(other)
        await player.press("a")
        await player.until(lambda: isinstance(player.app.screen, Choose))
        assert "worth" in player.text
        await player.press("enter")
        await player.until(lambda: player.app.screen is player.day)
        await player.planned()
        swapped = player.visits
        assert other not in swapped
        assert len(swapped) == len(first)
        [came] = set(swapped) - set(first)
        assert player.app.session.draft.request.must == ("parc", came), "and of no other it is said"
        assert player.day.chosen is not None
        assert player.day.chosen.place == came, "the cursor is on it"
        assert " is in." in player.text

        await player.press("u")
        assert player.visits == first
        await player.press("U")
        assert player.visits == swapped

        await player.press("e")
        await player.until(lambda: isinstance(player.app.screen, Choose))
        await player.press("enter")
        await player.until(lambda: isinstance(player.app.screen, Ask))
        await player.press("enter")
        await player.until((tmp_path / "2026-11-25.json").exists)
        await player.until(lambda: not player.app.session.unkept)
        document = json.loads((tmp_path / "2026-11-25.json").read_text(encoding="utf-8"))
        assert not judge(document, player.app.territory.catalogue)

        await player.press("e")
        await player.until(lambda: isinstance(player.app.screen, Choose))
        await player.type("calendar")
        await player.press("enter")
        await player.until(lambda: isinstance(player.app.screen, Ask))
        await player.press("enter")
        await player.until((tmp_path / "2026-11-25.ics").exists)
        await player.press("q")
        await player.until(lambda: not player.app.is_running)

    play(town, script)


def test_a_file_gets_its_ending_and_is_said_whole(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name without an ending gets that of the format; where it lies is said."""
    monkeypatch.chdir(tmp_path)

    async def script(player: Player) -> None:
        await _plan(player)
        await player.press("e")
        await player.until(lambda: isinstance(player.app.screen, Choose))
        await player.type("calendar")
        await player.press("enter")
        await player.until(lambda: isinstance(player.app.screen, Ask))
        await player.type("my day")
        await player.press("enter")
        await player.until((tmp_path / "my day.ics").exists)
        await player.until(lambda: f"Wrote {tmp_path / 'my day.ics'}." in player.text)

    play(town, script, size=(200, 30))


def test_every_change_by_hand(town: Town) -> None:
    """Drop, add, move, stay longer: each is planned, and the day keeps what was chosen."""

    async def script(player: Player) -> None:
        await _plan(player)
        first = player.visits
        await player.choose(first[-1])
        await player.press("x")
        await player.planned()
        assert player.visits == first[:-1]

        await player.press("i")
        await player.until(lambda: isinstance(player.app.screen, Choose))
        await player.press("enter")
        await player.until(lambda: player.app.screen is player.day)
        await player.planned()
        added = player.visits
        assert len(added) == len(first)

        await player.choose(added[0])
        await player.press("greater_than_sign")
        await player.planned()
        assert player.visits in ([added[1], added[0], *added[2:]], added), "or it is said why not"
        assert player.day.chosen is not None
        assert player.day.chosen.place == added[0], "the cursor stays with its stop"

        await player.press("minus")
        await player.planned()
        asked = player.app.session.draft.request.visit_minutes
        assert [*asked] == [added[0]]
        assert player.day.chosen.leave - player.day.chosen.begin == dt.timedelta(
            minutes=asked[added[0]]
        )

    play(town, script, minutes=300)


def test_what_was_taken_out_stays_out(town: Town) -> None:
    """It is said, and why; the planner does not bring it back, and going back does."""

    async def script(player: Player) -> None:
        await _plan(player)
        first = player.visits
        gone, following = first[1], first[2]
        name = player.app.territory.catalogue.by_id[gone].name
        await player.choose(gone)
        await player.press("x")
        await player.planned()
        assert f"{name} is out. u undoes" in player.text
        assert f"{name}  you took it out" in " ".join(player.text.split("│"))
        assert player.day.chosen is not None
        assert player.day.chosen.place == following
        await player.press("y")
        await player.until(lambda: isinstance(player.app.screen, Choose))
        assert "⏎ show" in player.text
        await player.type(name)
        await player.press("enter")
        await player.until(lambda: isinstance(player.app.screen, Read))
        assert "You took it out." in player.text
        await player.press("escape", "p")
        await player.planned()
        assert gone not in player.visits
        await player.press("u", "u")
        assert player.visits == first
        assert player.day.chosen.place == gone, "the cursor is on what came back"

    play(town, script, size=(140, 40))


def test_planning_can_be_stopped(town: Town) -> None:
    """Escape ends the search; the screen stays where it was, and planning works again."""

    async def script(player: Player) -> None:
        await player.press("p")
        await player.until(lambda: player.look.check_action("stop", ()) is True)
        await player.press("escape")
        await player.planned()
        assert player.app.session.plan is None
        assert "Stopped" in player.text
        await _plan(player)
        assert player.visits

    play(town, script)


def test_what_cannot_be_is_said(town: Town) -> None:
    """A day too short for what is wanted says why, and what would help; nothing is lost."""

    async def script(player: Player) -> None:
        for place in ("musee", "terril", "parc"):
            await player.choose(place)
            await player.press("space")
        await player.press("p")
        await player.planned()
        assert player.app.screen is player.look
        assert "It would help" in player.text
        assert player.app.session.draft.request.must == ("musee", "terril", "parc")

    play(town, script, minutes=60, size=(120, 30))


def test_why_a_place_is_not_in_the_day(town: Town) -> None:
    """Named by a few letters, its reason is told."""

    async def script(player: Player) -> None:
        await _plan(player)
        await player.press("y")
        await player.until(lambda: isinstance(player.app.screen, Choose))
        await player.type("halle")
        await player.press("enter")
        await player.until(lambda: isinstance(player.app.screen, Read))
        assert "Closed on Wednesday" in player.text

    play(town, script)


def test_codes_and_command(town: Town) -> None:
    """A code for each stop; the command is copied, and asks for the same day."""

    async def script(player: Player) -> None:
        await _plan(player)
        for number, words in ((1, "▀"), (2, "lens-routes plan")):
            await player.press("e")
            await player.until(lambda: isinstance(player.app.screen, Choose))
            await player.press(*["down"] * number, "enter")
            await player.until(lambda: isinstance(player.app.screen, Read))
            assert words in player.text
            await player.press("escape")
        assert player.app.clipboard.startswith("lens-routes plan --date 2026-11-25 --at 10:00")

    play(town, script, (100, 40))


def test_leaving_offers_to_save(town: Town) -> None:
    """What would be lost is offered to be saved; who stays loses nothing."""

    async def script(player: Player) -> None:
        await _plan(player)
        await player.press("ctrl+c")
        await player.until(lambda: isinstance(player.app.screen, Choose))
        assert "not saved" in player.text
        await player.press("escape")
        assert player.app.screen is player.day
        assert player.app.is_running
        await player.press("q")
        await player.until(lambda: isinstance(player.app.screen, Choose))
        await player.press("down", "down", "enter")
        await player.until(lambda: not player.app.is_running)

    play(town, script)


def test_a_closed_window_loses_no_day(town: Town) -> None:
    """What was not saved is back the next time, marks too; what was left on purpose is not."""
    days: list[list[str]] = []

    async def closed(player: Player) -> None:
        await _plan(player)
        days.append(player.visits)
        await player.choose(player.visits[0])
        await player.press("space")

    async def back(player: Player) -> None:
        assert "is back" in player.text
        assert player.app.session.draft.request.must == (days[0][0],)
        await player.press("d")
        assert player.visits == days[0]
        await player.press("q")
        await player.until(lambda: isinstance(player.app.screen, Choose))
        await player.press("down", "down", "enter")
        await player.until(lambda: not player.app.is_running)

    async def gone(player: Player) -> None:
        assert "is back" not in player.text

    for script in (closed, back, gone):
        play(town, script)


def test_the_day_in_french_on_a_small_terminal(town: Town) -> None:
    """The timeline tells hours, reasons and time in hand, in French as well."""
    language.use("fr")

    async def script(player: Player) -> None:
        await _plan(player)
        text = player.text
        for words in ("mercredi 25 novembre", "Gare de Fosse-Haute", "à pied", "touches"):
            assert words in text, words
        for words in ("Planning", "on foot", "in hand"):
            assert words not in text, words
        await player.press("v")
        assert player.day.query_one("#card").display
        assert not player.day.query_one("#day-map").display

    play(town, script, (60, 20))


def test_a_day_begun_in_english_goes_on_in_french(town: Town) -> None:
    """The day of last time says its breaks in the language of today; so do menu and farewell."""

    async def begun(player: Player) -> None:
        await _plan(player)
        assert "Lunch" in player.text

    async def back(player: Player) -> None:
        await _plan(player)
        assert "Déjeuner" in player.text
        assert "Lunch" not in player.text
        await player.press("e")
        await player.until(lambda: isinstance(player.app.screen, Choose))
        assert "Enregistrer  la journée" in player.text
        await player.press("escape", "q")
        await player.until(lambda: isinstance(player.app.screen, Choose))
        assert "Rester" in player.text

    play(town, begun)
    language.use("fr")
    play(town, back)


def test_what_is_asked_of_the_day_can_be_changed(town: Town) -> None:
    """From where, when it begins, how long it is and its theme; lunch as is usual then."""

    async def script(player: Player) -> None:
        for row, typed in ((0, "parc"), (1, "14:00"), (2, "2h"), (5, "nature")):
            await player.press("g")
            await player.until(lambda: isinstance(player.app.screen, Choose))
            await player.press(*["down"] * row, "enter")
            await player.until(lambda: bool(player.app.screen.query("Input")))
            await player.type(typed)
            await player.press("enter")
            await player.until(lambda: player.app.screen is player.look)
        request = player.app.session.draft.request
        assert request.start.id == request.end.id == "parc"  # type: ignore[union-attr]
        assert (request.at, request.minutes, request.pauses) == (dt.time(14), 120, ())
        assert request.themes == ("nature",)
        await player.press("u")
        assert player.app.session.draft.request.themes == ()

    play(town, script)


def test_a_wish_after_planning_is_said(town: Town) -> None:
    """Who changes what is wanted sees that the day does not have it yet."""

    async def script(player: Player) -> None:
        await _plan(player)
        await player.press("escape")
        assert player.app.screen is player.look
        await player.choose("parc")
        await player.press("x")
        await player.press("d")
        assert "p plans it again" in player.text
        await player.press("p")
        await player.planned()
        assert "parc" not in player.visits

    play(town, script)
