"""Looking around: the list, the map and the card, and every way to narrow them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from tests.explore.playing import NINE, Player, play

from lens_routes.explore.stage.dialogs import Ask, Choose, Read
from lens_routes.explore.stage.map_view import MapView
from lens_routes.explore.stage.outlook import WAYS
from lens_routes.library import Territory
from lens_routes.text import language

if TYPE_CHECKING:
    from tests.conftest import Town


def test_the_first_screen_tells_what_is_near(town: Town) -> None:
    """Places by distance, how they stand, their map, a card, and the keys that matter."""

    async def script(player: Player) -> None:
        text = player.text
        assert "From Gare de Fosse-Haute · 11 places · Wednesday 25 November 09:00" in text
        assert "Musée de la Lampe" in text
        assert player.places[0] == "gare"
        for word in ("find", "want", "plan", "keys", "quit"):
            assert word in text, word

    play(town, script)


def test_words_narrow_the_list_as_they_are_typed(town: Town) -> None:
    """Accents and slips are forgiven; Escape shows all again."""

    async def script(player: Player) -> None:
        everything = player.places
        await player.press("slash")
        await player.type("eglize")
        assert player.places == ["eglise"]
        await player.press("enter", "down")
        assert player.places == ["eglise"]
        await player.press("escape")
        assert player.places == everything

    play(town, script)


def test_other_words_take_the_place_of_those_before(town: Town) -> None:
    """Who finds again types over the last words."""

    async def script(player: Player) -> None:
        for words in ("parc", "musee"):
            await player.press("slash")
            await player.type(words)
            await player.press("enter")
            assert player.app.outlook.words == words

    play(town, script)


def test_letters_are_letters_while_one_types(town: Town) -> None:
    """No key of the screen is pressed by what is typed into the filter."""

    async def script(player: Player) -> None:
        await player.press("slash")
        await player.type("pq x+-")
        assert player.look is player.app.screen
        assert player.app.session.draft.request.avoid == ()
        assert player.app.outlook.words == "pq x+-"

    play(town, script)


def test_open_now_follows_the_clock(town: Town) -> None:
    """At nine the museum is shut, at eleven it is open; the day to plan turns with the clock."""

    async def script(player: Player) -> None:
        await player.press("o")
        assert "musee" not in player.places
        await player.press("c")
        assert isinstance(player.app.screen, Ask)
        await player.type("nonsense")
        await player.press("enter")
        assert isinstance(player.app.screen, Ask), "what is wrong can be mended"
        assert "nonsense" in player.text
        await player.press(*["backspace"] * 8)
        await player.type("saturday 11:00")
        await player.press("enter")
        await player.until(lambda: player.look is player.app.screen)
        await player.pilot.pause()
        assert {"musee", "halle"} <= {*player.places}
        assert player.app.outlook.moment == NINE.replace(day=28, hour=11)
        assert player.app.session.draft.request.date == dt.date(2026, 11, 28)

    play(town, script)


def test_themes_and_distance_narrow_the_list(town: Town) -> None:
    """One key each; what is shown bears the theme and is near."""

    async def script(player: Player) -> None:
        everything = len(player.places)
        await player.press("t")
        await player.until(lambda: isinstance(player.app.screen, Choose))
        await player.type("nature")
        await player.press("enter")
        await player.until(lambda: player.look is player.app.screen)
        assert {"terril", "parc"} <= {*player.places}
        assert "musee" not in player.places
        await player.press("escape", "r")
        assert 0 < len(player.places) < everything
        assert "within 15 min" in player.text
        await player.press("r", "r", "r", "r")
        assert len(player.places) == everything

    play(town, script)


def test_distances_by_bike_and_by_car(town: Town) -> None:
    """The way chosen is told, measured from door to door, planned by, and undone."""

    async def script(player: Player) -> None:
        async def by(mode: str) -> None:
            await player.press("m")
            await player.until(lambda: isinstance(player.app.screen, Choose))
            await player.press(*["down"] * [*WAYS].index(mode), "enter")
            await player.until(lambda: player.app.outlook.mode == mode)

        afoot = {one.place.id: one for one in player.app.around.reach(player.app.outlook)}
        await by("bike")
        await player.pilot.pause()
        assert "by bike" in player.text
        ridden = {one.place.id: one for one in player.app.around.reach(player.app.outlook)}
        assert {*ridden} == {*afoot}
        assert ridden["terril"].duration_s < afoot["terril"].duration_s
        assert player.app.session.draft.request.mode == "bike"
        await by("car")
        await player.press("u")
        await player.until(lambda: player.app.outlook.mode == "bike")

    play(town, script)


def test_without_timetables_ways_are_measured_on_foot(town: Town) -> None:
    """What is not known is said once; the list stays, and its keys go on."""

    async def script(player: Player) -> None:
        await player.press("m")
        await player.until(lambda: isinstance(player.app.screen, Choose))
        await player.press("down", "enter")
        await player.until(lambda: "lens-routes transit" in player.text)
        assert player.app.outlook.mode == "walk"
        await player.press("space")
        assert "will be in the day" in player.text

    play(town, script)


def test_in_a_wheelchair(town: Town) -> None:
    """Only what is known to be accessible is shown, and the day is planned for it."""

    async def script(player: Player) -> None:
        await player.press("g")
        await player.until(lambda: isinstance(player.app.screen, Choose))
        await player.press(*["down"] * 4, "enter")
        await player.until(lambda: "comes along" in player.text)
        await player.press("down", "down", "enter")
        await player.until(lambda: player.app.outlook.wheelchair)
        await player.pilot.pause()
        assert "in a wheelchair" in player.text
        everything = player.app.territory.catalogue.places
        known = {place.id for place in everything if place.wheelchair in ("yes", "limited")}
        assert {*player.places} == known
        assert player.app.session.draft.request.company == ("wheelchair",)

    play(town, script)


def test_words_typed_ahead_are_found(town: Town) -> None:
    """Who types faster than the screen is drawn loses no letter."""

    async def script(player: Player) -> None:
        for key in ("slash", *"lampe"):
            player.app.simulate_key(key)
        await player.until(lambda: player.app.outlook.words == "lampe")

    play(town, script)


def test_the_order_of_the_list(town: Town) -> None:
    """Nearest first, then the most interesting, then by name."""

    async def script(player: Player) -> None:
        near = player.places
        await player.press("s")
        assert player.places[0] == "musee"
        await player.press("s", "s")
        assert player.places == near

    play(town, script)


def test_distances_are_measured_from_here(town: Town) -> None:
    """From the place chosen, or from words; the place chosen stays chosen."""

    async def script(player: Player) -> None:
        await player.choose("parc")
        await player.press("f")
        assert player.places[0] == "parc"
        assert player.look.chosen is not None
        assert player.look.chosen.place.id == "parc"
        await player.press("F")
        await player.until(lambda: isinstance(player.app.screen, Ask))
        await player.type("lampe")
        await player.press("enter")
        await player.until(lambda: player.look is player.app.screen)
        assert player.places[0] == "musee"

    play(town, script)


def test_a_place_is_wanted_or_kept_out(town: Town) -> None:
    """Space and x, each undone by itself and by u."""

    async def script(player: Player) -> None:
        await player.choose("parc")
        await player.press("space")
        assert player.app.session.draft.request.must == ("parc",)
        assert "✚" in player.text
        await player.press("x")
        assert player.app.session.draft.request.must == ()
        assert player.app.session.draft.request.avoid == ("parc",)
        await player.press("u")
        assert player.app.session.draft.request.must == ("parc",)
        await player.press("u", "u")
        assert player.app.session.draft.request.must == ()
        assert "Nothing to undo" in player.text
        await player.press("U", "U")
        assert player.app.session.draft.request.avoid == ("parc",)

    play(town, script)


def test_the_map_follows_and_moves(town: Town) -> None:
    """The place chosen is in the middle; zoom and pan change what is seen, and only that."""

    async def script(player: Player) -> None:
        await player.choose("musee")
        view = player.look.query_one("#map", MapView)
        frame = view._frame
        assert frame is not None
        column, row = frame.place(player.app.territory.catalogue.by_id["musee"].point)
        assert abs(column - frame.columns / 2) < 1.5
        assert abs(row - frame.rows / 2) < 1.5
        await player.press("plus")
        assert view._frame is not None
        assert view._frame.cell_m < frame.cell_m
        await player.press("minus", "right")
        assert view._frame.west > frame.west

    play(town, script)


def test_the_map_shows_the_streets_that_are_installed(town: Town, streets: object) -> None:
    """They are drawn beside the keys, and named with their makers."""
    assert streets

    async def script(player: Player) -> None:
        await player.until(lambda: player.look.query_one("#map", MapView)._base is not None)
        await player.pilot.pause()
        assert "OpenStreetMap" in player.text

    play(town, script, (140, 40))


def test_all_about_a_place(town: Town) -> None:
    """Enter opens the card: description, the week, price, how to get there."""

    async def script(player: Player) -> None:
        await player.choose("musee")
        await player.press("enter")
        assert isinstance(player.app.screen, Read)
        text = player.text
        for words in ("Four hundred miners’ lamps", "Tuesday 1", "closed", "on foot"):
            assert words in text, words
        await player.press("escape")
        assert player.app.screen is player.look

    play(town, script, (100, 50))


def test_every_key_is_under_the_question_mark(town: Town) -> None:
    """Those of the footer, and those that found no room there."""

    async def script(player: Player) -> None:
        await player.press("question_mark")
        for words in ("Show what answers to words", "Look at another day", "map north", "redo"):
            assert words in player.text, words

    play(town, script, (120, 80))


def test_the_palette_finds_what_keys_do(town: Town) -> None:
    """By the words of the keys."""

    async def script(player: Player) -> None:
        await player.press("ctrl+p")
        await player.type("order")
        await player.until(lambda: "By distance, by interest" in player.text)
        await player.press("enter")
        await player.until(lambda: player.app.screen is player.look)
        await player.until(lambda: player.app.outlook.order == "interest")

    play(town, script)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (140, 40), (200, 60)])
def test_panes_fold(town: Town, size: tuple[int, int]) -> None:
    """In every size the list, the way to all keys and to leave are there; nothing overflows."""

    async def script(player: Player) -> None:
        lines = player.text.splitlines()
        assert len(lines) <= size[1]
        assert any("Gare de Fosse-Haute" in line for line in lines[1:])
        assert "? keys" in player.text
        card = player.look.query_one("#card")
        assert card.display is (size[0] >= 76)
        await player.press("v")
        assert card.display

    play(town, script, size)


def test_a_resize_loses_nothing(town: Town) -> None:
    """The place chosen, what is wanted and the filter stay."""

    async def script(player: Player) -> None:
        await player.choose("parc")
        await player.press("space")
        for size in ((60, 20), (200, 60), (20, 5), (80, 24)):
            await player.pilot.resize_terminal(*size)
            await player.pilot.pause()
        assert player.look.chosen is not None
        assert player.look.chosen.place.id == "parc"
        assert "✚" in player.text

    play(town, script)


def test_it_speaks_french(town: Town) -> None:
    """Every word of the screen, the keys too."""
    language.use("fr")

    async def script(player: Player) -> None:
        text = player.text
        for words in ("Depuis Gare de Fosse-Haute", "mercredi 25 novembre", "chercher", "quitter"):
            assert words in text, words
        for words in ("From", "find", "want", "quit "):
            assert words not in text, words

    play(town, script)


def test_without_colours_signs_remain(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """With NO_COLOR what is open, wanted and chosen can still be told apart."""
    monkeypatch.setenv("NO_COLOR", "1")

    async def script(player: Player) -> None:
        await player.choose("musee")
        assert player.app.no_color
        assert "[" in player.text, "the place chosen stands out on the map"
        assert "○" in player.text
        assert "●" in player.text

    play(town, script)


def test_light_and_dark(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """The terminal says which it is, and a key turns it."""
    monkeypatch.setenv("COLORFGBG", "0;15")

    async def script(player: Player) -> None:
        assert player.app.theme == "textual-light"
        await player.press("L")
        assert player.app.theme == "textual-dark"

    play(town, script)


def test_the_list_is_drawn_only_while_it_is_seen(town: Town) -> None:
    """Opening hours of places below the screen are not asked for."""
    territory = Territory.open(town.catalogue, NINE)

    async def script(player: Player) -> None:
        asked = {place for place, _ in player.app.around._standing}
        assert asked < {*player.places}

    assert len(territory.catalogue.places) > 8
    play(town, script, (80, 8))


def test_words_nothing_is_called_by_lead_to_what_is_near(town: Town) -> None:
    """Who misspells a start picks what was meant; an address is looked up only when told to."""

    async def script(player: Player) -> None:
        await player.press("F")
        await player.type("lampadaire")
        await player.press("enter")
        await player.until(lambda: isinstance(player.app.screen, Choose))
        assert "internet" in player.text
        await player.press("escape")
        await player.until(lambda: player.app.screen is player.look)
        await player.choose("musee")
        await player.press("y")
        assert "No day is planned yet" in player.text

    play(town, script)


def test_what_is_wanted_is_not_left_without_a_word(town: Town) -> None:
    """Marks without a plan are offered to be kept, and are back the next time."""

    async def kept(player: Player) -> None:
        await player.choose("musee")
        await player.press("space", "q")
        await player.until(lambda: isinstance(player.app.screen, Choose))
        await player.press("enter")
        await player.until(lambda: not player.app.is_running)

    async def back(player: Player) -> None:
        assert player.app.session.draft.request.must == ("musee",)

    for script in (kept, back):
        play(town, script)
