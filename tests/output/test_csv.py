"""The table: RFC 4180, nothing a spreadsheet would run, readable in French Excel."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.output.golden_files import GOLDEN, same_bytes
from tests.output.plans import plans
from tests.support.effort import examples

from lens_routes.output import csv_table
from lens_routes.output.shared.caption import OSM_CREDIT, moves
from lens_routes.plan.document import read
from lens_routes.text import language

if TYPE_CHECKING:
    from lens_routes.output.csv_table import Dialect
    from lens_routes.plan.plan import Plan

DIALECTS = csv_table.DIALECTS


@pytest.fixture(scope="module")
def plan() -> Plan:
    return read(GOLDEN / "day.json")


def rows(text: str, dialect: Dialect) -> list[dict[str, str]]:
    """Read a table back, strictly."""
    bare = text.removeprefix(dialect.prefix)
    stream = io.StringIO(bare, newline="")
    return list(csv.DictReader(stream, delimiter=dialect.separator, strict=True))


@pytest.mark.parametrize("name", DIALECTS)
def test_the_file_is_the_one_that_was_judged(plan: Plan, name: str) -> None:
    """The table of the saved plan is byte for byte the golden one, in every dialect."""
    data = csv_table.dumps(plan, DIALECTS[name]).encode()
    assert same_bytes(f"day-{name}.csv", data)
    assert data.startswith(b"\xef\xbb\xbf") == name.startswith("excel")


@settings(deadline=None, max_examples=examples(20))
@given(plan=plans(), dialect=st.sampled_from(list(DIALECTS.values())))
def test_any_plan_is_a_whole_table(plan: Plan, dialect: Dialect) -> None:
    """Every row has every column, lines end as the RFC says, no cell holds a line break."""
    text = csv_table.dumps(plan, dialect)
    assert text.encode()
    assert not {"\r", "\n"} & set(text.replace("\r\n", ""))
    table = rows(text, dialect)
    ways = sum(moves(leg) for day in plan.days for leg in day.legs)
    assert len(table) == ways + sum(len(day.stops) + 2 for day in plan.days) + 1
    assert all(None not in row and None not in row.values() for row in table)
    assert len(text.split("\r\n")) == len(table) + 2


@settings(deadline=None, max_examples=examples(20))
@given(plan=plans(), reader=st.sampled_from(",;"), dialect=st.sampled_from(list(DIALECTS.values())))
def test_no_cell_is_a_formula(plan: Plan, reader: str, dialect: Dialect) -> None:
    """No cell begins like a formula unless it is a number, whichever separator is read by."""
    text = csv_table.dumps(plan, dialect).removeprefix(dialect.prefix)
    for line in text.split("\r\n"):
        for cell in re.split(f'{reader}"?', line):
            if cell.strip().startswith(("=", "+", "-", "@", "＝")):
                assert re.fullmatch(r"-[\d.]+(,\d+)?", cell), cell


def test_numbers_read_back_as_planned(plan: Plan) -> None:
    """Positions, distances and times are those of the plan, with the unit in the header."""
    table = rows(csv_table.dumps(plan), DIALECTS["rfc4180"])
    visits = [row for row in table if row["kind"] == "visit"]
    stops = plan.days[0].stops
    assert [(float(v["longitude_deg"]), float(v["latitude_deg"])) for v in visits] == [
        (stop.lon, stop.lat) for stop in stops
    ]
    assert [v["begin_local"] for v in visits] == [f"{s.begin:%Y-%m-%d %H:%M:%S}" for s in stops]
    walks = [float(row["distance_m"]) for row in table if row["kind"] == "walk"]
    assert walks == [round(leg.distance_m, 1) for leg in plan.days[0].legs]


def test_each_end_has_its_offset(plan: Plan) -> None:
    """A break through the night the clocks change begins and ends at different offsets."""
    paris = ZoneInfo("Europe/Paris")
    begin, end = (dt.datetime(2026, 10, 25, hour, tzinfo=paris) for hour in (1, 4))
    stop = replace(plan.days[0].stops[0], begin=begin, leave=end)
    night = replace(plan, days=(replace(plan.days[0], stops=(stop,)),))
    table = rows(csv_table.dumps(night), DIALECTS["rfc4180"])
    row = next(row for row in table if row["kind"] == "visit")
    assert (row["utc_offset_h"], row["end_utc_offset_h"]) == ("2", "1")
    assert row["duration_min"] == "240"


def test_french_excel_gets_commas_in_numbers(plan: Plan) -> None:
    """In the French dialect the decimal mark is a comma and columns part at semicolons."""
    table = rows(csv_table.dumps(plan, DIALECTS["excel-fr"]), DIALECTS["excel-fr"])
    assert table[0]["Latitude (°)"] == f"{plan.days[0].start.lat}".replace(".", ",")


def test_people_get_a_head_in_their_language_and_programs_names(plan: Plan) -> None:
    """French Excel gets a French head and French kinds, whoever exports; programs always theirs."""
    heads, kinds = {}, {}
    for spoken in ("en", "fr"):
        language.use(spoken)
        for name, dialect in DIALECTS.items():
            table = list(rows(csv_table.dumps(plan, dialect), dialect))
            heads[name, spoken] = list(table[0])
            kinds[name, spoken] = [list(row.values())[2] for row in table]
    language.use("en")
    for name in DIALECTS:
        assert heads[name, "en"] == heads[name, "fr"]
        assert kinds[name, "en"] == kinds[name, "fr"]
    assert heads["rfc4180", "fr"] == list(csv_table.COLUMNS)
    assert heads["excel-fr", "en"][:5] == ["Jour", "Date", "Nature", "Numéro", "Nom"]
    assert heads["excel", "en"][:5] == ["Day", "Date", "Kind", "Number", "Name"]
    assert kinds["rfc4180", "en"][:3] == ["start", "walk", "visit"]
    assert kinds["excel-fr", "en"][:3] == ["Départ", "À pied", "Visite"]
    assert kinds["excel-fr", "en"][-2:] == ["Arrivée", "Sources"]


def test_a_way_on_wheels_tells_what_is_known_of_it(plan: Plan) -> None:
    """The states of a way in metres and its hardest spot stand with its directions."""
    (day,) = plan.days
    first = replace(day.legs[0], passable_m=300.0, unknown_m=200.0, worst="cobblestones")
    told = replace(plan, days=(replace(day, legs=(first, *day.legs[1:])),))
    way = rows(csv_table.dumps(told), DIALECTS["rfc4180"])[1]
    assert "300 m known to be passable, 200 m unknown; hardest: cobblestones" in way["text"]


def test_the_last_row_credits_openstreetmap(plan: Plan) -> None:
    """A plan that says nothing of its sources still credits the map its walks come from."""
    table = rows(csv_table.dumps(replace(plan, provenance=())), DIALECTS["rfc4180"])
    assert table[-1]["kind"] == "credits"
    assert OSM_CREDIT in table[-1]["text"]
