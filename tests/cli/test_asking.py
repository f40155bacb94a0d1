"""One definition of a request: what it gives to lines, files, documents and shells."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from lens_routes.catalogue.load import load
from lens_routes.cli import completion
from lens_routes.cli.batch.desk import of_plan
from lens_routes.cli.commands import tree
from lens_routes.cli.frame import command_tree
from lens_routes.cli.plan.asking import request_of, without_idle
from lens_routes.errors import LensRoutesError
from lens_routes.plan.request import OPTIONS
from lens_routes.planning.request import Request

if TYPE_CHECKING:
    from tests.conftest import Town

NOW = dt.datetime(2026, 11, 25, 9, tzinfo=ZoneInfo("Europe/Paris"))
UNSET = {option.parameter: option.unset for _, option in OPTIONS}


def request(town: Town, **asked: Any) -> Request:
    return request_of(UNSET | asked, load(town.catalogue), NOW, online=False)


def test_every_option_is_one_of_the_line_the_settings_and_the_tours_file() -> None:
    """What the definition has, ``plan``, ``config`` and ``batch`` have, and none has more."""
    known = command_tree.options(tree())
    flags = {(option.key, option.parameter) for option in of_plan(known)}
    asked = {
        (option.flag.partition("/")[0].removeprefix("--"), option.parameter)
        for _, option in OPTIONS
    }
    assert flags == asked


def test_every_word_that_may_be_written_is_completed() -> None:
    """An option whose words are listed, or named, is completed in each shell by these."""
    sources = completion._sources()
    for _, option in OPTIONS:
        assert bool(option.words) == (option.parameter in sources), option.flag
        if isinstance(option.words, tuple) and option.words:
            offered = [choice.value for choice in sources[option.parameter](None)]
            assert offered == list(option.words)


def test_rivals_know_each_other() -> None:
    """An option that outdoes another is outdone by it."""
    rivals = {option.parameter: option.rival for _, option in OPTIONS if option.rival}
    assert all(rivals[other] == one for one, other in rivals.items())


@pytest.mark.parametrize(
    ("typed", "settings", "left"),
    [
        ({"duration": "3h", "until": "18:00"}, {"until"}, {"duration": "3h", "until": None}),
        ({"until": "18:00", "duration": "3h"}, {"duration"}, {"until": "18:00", "duration": None}),
        ({"end": "musee", "loop": False}, {"loop"}, {"end": "musee", "loop": True}),
        ({"no_lunch": True, "lunch": "12h-14h"}, {"lunch"}, {"no_lunch": True, "lunch": None}),
        ({"lunch": "12h-14h", "no_lunch": True}, {"no_lunch"}, {"no_lunch": False}),
        ({"max_rides": 2, "avoid_mode": ["bus"]}, {"max_rides"}, {"max_rides": None}),
        ({"max_rides": 2, "mode": "transit"}, {"max_rides"}, {"max_rides": 2}),
        ({"max_rides": 2}, set(), {"max_rides": 2}),
    ],
)
def test_a_default_gives_way_to_what_is_typed(
    typed: dict[str, Any], settings: set[str], left: dict[str, Any]
) -> None:
    """A rival from the settings is forgotten, and how to ride where one walks; nothing else."""
    found = without_idle(UNSET | typed, settings)
    assert {name: found[name] for name in left} == left
    assert found == UNSET | typed | left


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ({"only": True}, {"only_themes": True}),
        ({"like": ["museum=2", "Nature=0,5"]}, {"likes": {"museum": 2.0, "nature": 0.5}}),
        ({"at_most": ["Museum=1", "memory=0"]}, {"at_most": {"museum": 1, "memory": 0}}),
        ({"company": ["Wheelchair", "children"]}, {"company": ("wheelchair", "children")}),
        ({"indoor": True, "weather": "Rain"}, {"indoor": True, "weather": "rain"}),
        ({"no_lunch": True}, {"pauses": ()}),
        ({"prefer": "Earlier", "mode": "transit"}, {"prefer": "earlier", "mode": "transit"}),
    ],
)
def test_what_words_mean(town: Town, asked: dict[str, Any], kept: dict[str, Any]) -> None:
    """Each option says its part of the request, in either language, and the document keeps it."""
    made = request(town, **asked)
    assert {name: getattr(made, name) for name in kept} == kept
    assert Request.from_document(made.to_document()) == made


def test_nights_are_places(town: Town) -> None:
    """Where one sleeps is named as any place is."""
    made = request(town, days=3, night=["musee", "gare"])
    assert [night.id for night in made.nights] == ["musee", "gare"]
    assert Request.from_document(made.to_document()) == made


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"like": ["museum"]}, "--like 'museum' does not say how much."),
        ({"like": ["museum=-1"]}, "--like museum '-1' is not a factor."),
        ({"like": ["museum=11"]}, "--like museum '11' is not a factor."),
        ({"like": ["dragons=2"]}, "dragons"),
        ({"at_most": ["museum=1.5"]}, "--at-most museum '1.5' is not a number."),
        ({"at_most": ["museum"]}, "--at-most 'museum' does not say how many."),
        ({"visit": ["musee"]}, "--visit 'musee' does not say how long."),
        ({"appointment": ["musee"]}, "--appointment 'musee' does not say when."),
        ({"company": ["dogs"]}, "--with 'dogs' is not known."),
        ({"weather": "snow"}, "--weather 'snow' is not known."),
        ({"prefer": "soon", "mode": "transit"}, "'soon' is nothing to prefer."),
        ({"night": ["musee"]}, "--night names 1 night, and a tour of 1 day has fewer."),
        ({"days": 2, "night": ["musee", "gare"]}, "--night names 2 nights, and a tour of 2 days"),
        ({"lunch": "12h-14h", "no_lunch": True}, "--lunch and --no-lunch contradict each other."),
    ],
)
def test_what_makes_no_sense_is_named(town: Town, asked: dict[str, Any], told: str) -> None:
    """The message names the option as it is typed, and what was typed."""
    with pytest.raises(LensRoutesError) as caught:
        request(town, **asked)
    assert told in str(caught.value.message)
    assert caught.value.hint
