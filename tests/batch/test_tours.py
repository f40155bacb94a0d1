"""The tours file: its combinations, the names of folders, and how its faults are told."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lens_routes.batch.tours import Batch, Vocabulary, _folder, read_tours
from lens_routes.errors import BadInputError
from lens_routes.settings.values import Option

if TYPE_CHECKING:
    from pathlib import Path

PLAN = ("plan",)
WORDS = Vocabulary(
    plan=[
        Option(PLAN, "theme", "theme", "text", several=True),
        Option(PLAN, "must", "must", "text", several=True),
        Option(PLAN, "date", "date", "text"),
        Option(PLAN, "start", "start", "text"),
        Option(PLAN, "for", "duration", "text"),
        Option(PLAN, "days", "days", "whole", default=1),
        Option(PLAN, "relaxed", "relaxed", "flag", default=False),
        Option(PLAN, "loop", "loop", "flag", default=True, instead="one-way"),
    ],
    export=[Option(("export",), "device", "device", "text")],
    formats=("gpx", "csv", "pdf"),
)


def read(tmp_path: Path, text: str) -> Batch:
    file = tmp_path / "tours.toml"
    file.write_text(text, encoding="utf-8")
    return read_tours(file, WORDS)


def test_every_combination_is_a_tour(tmp_path: Path) -> None:
    """Dates × themes × starts, in the order of the file; names tell them apart."""
    batch = read(
        tmp_path,
        """
        title = "Winter"
        as-of = 2026-11-25T09:00:00
        lang = "fr"
        places = "mine.geojson"
        formats = ["gpx", "pdf"]
        [export]
        device = "garmin"
        [defaults]
        for = "5h"
        [[tour]]
        name = "Hiver à Lens"
        must = ["a", "b"]
        [tour.each]
        date = [2026-12-05, "2026-12-06"]
        theme = ["culture", ["nature", "panorama"]]
        relaxed = [true, false]
        [[tour]]
        for = "2h"
        """,
    )
    assert [tour.name for tour in batch.tours] == [
        "hiver-a-lens-2026-12-05-culture-relaxed",
        "hiver-a-lens-2026-12-05-culture-no-relaxed",
        "hiver-a-lens-2026-12-05-nature-panorama-relaxed",
        "hiver-a-lens-2026-12-05-nature-panorama-no-relaxed",
        "hiver-a-lens-2026-12-06-culture-relaxed",
        "hiver-a-lens-2026-12-06-culture-no-relaxed",
        "hiver-a-lens-2026-12-06-nature-panorama-relaxed",
        "hiver-a-lens-2026-12-06-nature-panorama-no-relaxed",
        "tour-2",
    ]
    assert batch.tours[2].options == {
        "duration": "5h",
        "must": ["a", "b"],
        "date": "2026-12-05",
        "theme": ["nature", "panorama"],
        "relaxed": True,
    }
    assert batch.tours[-1].options == {"duration": "2h"}
    assert batch.as_of == dt.datetime(2026, 11, 25, 9)  # noqa: DTZ001  # as it was written
    assert (batch.title, batch.language, batch.formats) == ("Winter", "fr", ("gpx", "pdf"))
    assert (batch.places, batch.export) == (tmp_path / "mine.geojson", {"device": "garmin"})


def test_tours_in_both_languages(tmp_path: Path) -> None:
    """A language can be one of the lists, or a tour's own."""
    batch = read(tmp_path, '[[tour]]\nlang = "fr"\n[[tour]]\neach.lang = ["fr", "en"]\n')
    assert [(tour.name, tour.language) for tour in batch.tours] == [
        ("tour-1", "fr"),
        ("tour-2-fr", "fr"),
        ("tour-2-en", "en"),
    ]


@pytest.mark.parametrize(
    ("text", "says", "hint"),
    [
        ("", "tour: No tour is listed.", "[[tour]]"),
        ("tour = 3", "tour: No tour is listed.", "[[tour]]"),
        ("tour = [3]", "A tour is a table.", "[[tour]]"),
        ("[tour]\nname = 'x'", "No tour is listed.", "[[tour]]"),
        ("titel = 'x'\n[[tour]]", "line 1, titel: There is no such key.", "title?"),
        ("[[tour]]\n[[tour]]\ndaet = 1", "line 3, [tour 2] daet: There is no such key.", "date?"),
        ("[[tour]]\ndate = ['a', 'b']", "line 2, [tour 1] date: It takes one value.", "tour.each"),
        ("[[tour]]\ndays = 'x'", "line 2, [tour 1] days: 'x' does not fit", "whole number"),
        ("[[tour]]\n[tour.each]\ndate = 'x'", "line 3, [tour 1.each] date: It is not", "["),
        ("[[tour]]\n[tour.each]\ndate = []", "line 3, [tour 1.each] date: It is not", "["),
        ("[[tour]]\n[tour.each]\nnope = ['x']", "[tour 1.each] nope", ""),
        ("[[tour]]\n[tour.each]\nlang = ['de']", "'de' is not a language", '"fr"'),
        ("[[tour]]\neach = 3", "each: It is a table.", "[tour.each]"),
        ("[[tour]]\nname = 3", "[tour 1] name: It is not a text.", "quotes"),
        ("[[tour]]\nname = '???'", "[tour 1] name: It has no letter", ""),
        ("[[tour]]\nname = 'a b'\n[[tour]]\nname = 'A-B'", "two tours called a-b", "folder"),
        ("title = 3\n[[tour]]", "title: It is not a text.", ""),
        ("as-of = 'x'\n[[tour]]", "as-of: It is not a moment.", "2026"),
        ("as-of = 2026-11-25\n[[tour]]", "as-of: It is not a moment.", "2026"),
        ("lang = 'de'\n[[tour]]", "line 1, lang: 'de' is not a language", '"fr"'),
        ("formats = ['doc']\n[[tour]]", "'doc' is not a format", "gpx, csv, pdf"),
        ("formats = 7\n[[tour]]", "7 is not a format", ""),
        ("formats = [['gpx']]\n[[tour]]", "is not a format", "gpx, csv, pdf"),
        ("defaults = 3\n[[tour]]", "defaults: It is a table.", "[defaults]"),
        ("[[tour]]\none-way = true", "one-way is the other side of --loop.", "loop = false"),
        ("[defaults]\nname = 'x'\n[[tour]]", "[defaults] name: There is no such key.", ""),
        ("[export]\ndevice = 3.5\n[[tour]]\n[tour.each]\ndays = ['x']", "'x' does not fit", ""),
        ("[[tour]\n", "line 1, column 7: this is not TOML", ""),
        (
            "[[tour]]\n[tour.each]\ndays = [%s]\ndate = [%s]",
            "lists more than 5000 tours",
            "multiply",
        ),
    ],
)
def test_faults_name_line_table_and_key(tmp_path: Path, text: str, says: str, hint: str) -> None:
    """Whatever is wrong with the file: where it is, and what to write."""
    if "%s" in text:
        text %= (", ".join(map(str, range(100))), ", ".join(f"'{n}'" for n in range(100)))
    with pytest.raises(BadInputError) as caught:
        read(tmp_path, text)
    assert says in caught.value.message
    assert hint in caught.value.hint
    assert str(tmp_path) in caught.value.message


def test_no_file(tmp_path: Path) -> None:
    """A file that is not there is told so."""
    with pytest.raises(BadInputError, match="is not there"):
        read_tours(tmp_path / "none.toml", WORDS)


@given(st.lists(st.text(max_size=60), min_size=1, max_size=4))
def test_a_folder_can_be_made_of_anything(parts: list[str]) -> None:
    """A name is short, plain, never empty, never a way out of the folder, and always the same."""
    name = _folder(parts)
    assert 0 < len(name) <= 80
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert name == _folder(parts)


def test_long_names_stay_apart() -> None:
    """Names that are cut end in a mark of the whole."""
    first, second = (_folder(["x" * 100, end]) for end in ("a", "b"))
    assert first != second
