"""The roadbook in Markdown: complete, and no name turns into markup."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from markdown_it import MarkdownIt
from tests.output.golden_files import GOLDEN, same_bytes
from tests.output.plans import plans
from tests.support.effort import examples

from lens_routes.output import markdown
from lens_routes.output.shared.caption import OSM_CREDIT
from lens_routes.output.shared.safe_text import isolate, line
from lens_routes.plan.document import read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token

    from lens_routes.plan.plan import Plan


@pytest.fixture(scope="module")
def plan() -> Plan:
    return read(GOLDEN / "day.json")


def tokens(text: str) -> list[Token]:
    return MarkdownIt("commonmark").enable("table").parse(text)


def contents(parsed: list[Token], kind: str) -> Iterator[str]:
    """Yield the plain text of every block of a kind, such as ``heading_open``."""
    for token, following in pairwise(parsed):
        if token.type == kind:
            yield "".join(child.content for child in following.children or ())


def test_the_file_is_the_one_that_was_judged(plan: Plan) -> None:
    """The roadbook of the saved plan is byte for byte the golden one."""
    assert same_bytes("day.md", markdown.dumps(plan).encode())


@settings(deadline=None, max_examples=examples(20))
@given(plan=plans())
def test_any_plan_shows_its_names_as_they_are(plan: Plan) -> None:
    """A CommonMark reader shows every stop's name letter for letter, and no HTML."""
    parsed = tokens(markdown.dumps(plan))
    assert not any(token.type == "html_block" for token in parsed)
    inline = [child.type for token in parsed for child in token.children or ()]
    assert not {"html_inline", "image", "code_inline", "em_open"} & set(inline)
    assert inline.count("link_open") == sum(len(day.stops) for day in plan.days)
    headings = list(contents(parsed, "heading_open"))
    cells = list(contents(parsed, "td_open"))
    assert len(cells) == 4 * sum(len(day.stops) + 2 for day in plan.days)
    for day in plan.days:
        for stop in day.stops:
            name = isolate(line(stop.name))
            assert any(heading.endswith(name) for heading in headings), name
            assert any(cell.endswith(name) for cell in cells[1::4]), name


def test_a_table_holds_the_day(plan: Plan) -> None:
    """The timetable has a row for the start, each stop and the end."""
    cells = list(contents(tokens(markdown.dumps(plan)), "td_open"))
    assert len(cells) == 4 * (len(plan.days[0].stops) + 2)


def test_every_step_is_there(plan: Plan) -> None:
    """Each leg's directions are a numbered list."""
    text = markdown.dumps(plan)
    for leg in plan.days[0].legs:
        for number, step in enumerate(leg.steps, 1):
            assert f"\n{number}. {step.instruction}" in text


def test_openstreetmap_is_credited(plan: Plan) -> None:
    """A plan that says nothing of its sources still credits the map its walks come from."""
    assert OSM_CREDIT in markdown.dumps(replace(plan, provenance=()))
