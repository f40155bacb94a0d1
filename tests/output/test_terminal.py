"""The printed answers: they read well at any width, in colour and without, in any encoding."""

from __future__ import annotations

import datetime as dt
import io
import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text
from tests.support.program import run

from lens_routes.cli.frame import console
from lens_routes.output.terminal.lines import Line, Look, wrap
from lens_routes.output.terminal.plan import render_plan
from lens_routes.plan.document import read
from lens_routes.plan.plan import Hint

if TYPE_CHECKING:
    from tests.conftest import Town

    from lens_routes.plan.plan import Plan

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture(scope="module")
def plan() -> Plan:
    """Give a saved plan: waiting, unknown hours, stairs, things left out, a warning."""
    return read(GOLDEN / "day.json")


def printed(plan: Plan, look: Look) -> str:
    return "".join(f"{line.plain}\n" for line in render_plan(plan, look))


def matches(name: str, text: str) -> bool:
    """Compare with a golden file; LENS_ROUTES_GOLDEN=write writes it anew, to be judged."""
    path = GOLDEN / name
    if os.environ.get("LENS_ROUTES_GOLDEN") == "write":
        path.write_text(text, encoding="utf-8")
    return path.read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    ("name", "look"),
    [
        ("plan-60.txt", Look(60)),
        ("plan-80-steps.txt", Look(80, steps=True)),
        ("plan-140.txt", Look(140)),
    ],
)
def test_the_itinerary_as_people_see_it(plan: Plan, name: str, look: Look) -> None:
    """The itinerary is word for word the one that was read and found good."""
    assert matches(name, printed(plan, look))


@pytest.mark.parametrize("width", [30, 45, 60, 80, 100, 140, 400])
@pytest.mark.parametrize("steps", [False, True])
def test_no_line_is_wider_than_the_terminal(plan: Plan, width: int, *, steps: bool) -> None:
    """At any width nothing is cut off or wrapped by the terminal, and no word is lost."""
    text = printed(plan, Look(width, steps=steps))
    assert max(cell_len(line) for line in text.splitlines()) <= width
    assert all(line == line.rstrip() for line in text.splitlines())

    def letters(text: str) -> str:
        return "".join(c for c in text if c.isalnum())

    assert letters(text) == letters(printed(plan, Look(100, steps=steps)))


words = st.text(st.characters(exclude_categories=["C", "Z", "M"]), max_size=30)


@given(st.lists(words, max_size=12), st.integers(20, 100), st.sampled_from(["", "  "]))
def test_any_text_is_wrapped_within_its_width(parts: list[str], width: int, hang: str) -> None:
    """Texts of any script, characters of two cells and words longer than a line included."""
    text = " ".join(parts)
    lines = list(wrap(Line(text), Look(width), "  ", hang))
    assert all(cell_len(line.plain) <= width for line in lines)
    assert "".join("".join(line.plain for line in lines).split()) == "".join(text.split())


def _styles(text: Text) -> list[set[str]]:
    """Return the styles of each character."""
    return [
        {str(text.style), *(str(s.style) for s in text.spans if s.start <= at < s.end)} - {""}
        for at in range(len(text))
    ]


@given(
    st.lists(st.tuples(st.text("ab ", max_size=4), st.sampled_from(["", "bold", "cyan"]))),
    st.sampled_from(["", "dim"]),
    st.integers(0, 12),
    st.integers(0, 12),
)
def test_a_line_is_what_rich_makes_of_the_same_pieces(
    pieces: list[tuple[str, str]], style: str, begin: int, end: int
) -> None:
    """Put together, cut and stripped, it has the words and the styles that rich's text has."""
    line, text = Line("x ", style), Text("x ", style)
    for number, (words, own) in enumerate(pieces):
        if number % 2:
            line.extend(Line(words, own))
            text.append_text(Text(words, own))
        else:
            line.append(words, own)
            text.append(words, own)
    line.stylize("red", begin)
    text.stylize("red", begin)
    for one, other in ((line, text), (line[begin:end], text[begin:end])):
        one.rstrip()
        other.rstrip()
        assert one.plain == one.drawn().plain == other.plain
        assert _styles(one.drawn()) == _styles(other)


def test_styles_survive_the_wrapping(plan: Plan) -> None:
    """On a terminal with colours the lines hold the same words, and some are coloured."""
    stream = io.StringIO()
    colourful = Console(file=stream, force_terminal=True, color_system="standard", width=60)
    for line in render_plan(plan, Look(60)):
        colourful.print(line, soft_wrap=True)
    assert "\x1b[" in stream.getvalue()
    assert Text.from_ansi(stream.getvalue()).plain.rstrip() == printed(plan, Look(60)).rstrip()


def test_unknown_hours_never_look_like_open_ones(plan: Plan) -> None:
    """Open and unknown differ in words and in colour."""
    lines = list(render_plan(plan, Look(100)))
    unknown = next(line for line in lines if "hours unknown" in line.plain)
    known = next(line for line in lines if "open 10:00" in line.plain)
    assert {str(span.style) for span in unknown.drawn().spans} & {"bold magenta"}
    assert {str(span.style) for span in known.drawn().spans} & {"green"}


def test_a_proof_is_said_in_words(plan: Plan) -> None:
    """Proven or not: no share of a score is ever shown."""
    best = replace(plan, proven=True)
    assert "No better day exists on this date." in printed(best, Look(80))
    open_ended = replace(plan, proven=False, bound=plan.score * 2)
    assert "not proven" in printed(open_ended, Look(80))
    assert "%" not in printed(open_ended, Look(80))


@pytest.mark.parametrize(("mode", "limit"), [("transit", 9000.0), ("transit", None), ("walk", 9e3)])
def test_a_claim_says_which_days_it_leaves_out(plan: Plan, mode: str, limit: float | None) -> None:
    """With rides and a limit of walking, a day that waits to walk less might be better."""
    request = {**plan.request, "mode": mode, "max_walk_m": limit}
    best = replace(plan, proven=True, request=request)
    said = "to walk less" in " ".join(printed(best, Look(80)).split())
    assert said == (mode == "transit" and limit is not None)


def test_a_usual_day_keeps_to_one_screen(plan: Plan) -> None:
    """Header, hours, what is left out and credits stand on 80 columns and 50 rows, in 3 lines."""
    text = printed(plan, Look(80))
    assert len(text.splitlines()) <= 50
    hints = tuple(Hint("left-out", f"Closed that day: {n}", "--date 2026-11-28") for n in range(5))
    assert printed(replace(plan, hints=hints), Look(80)).count("Closed that day") == 3


def test_reasons_are_for_who_asks(plan: Plan) -> None:
    """What is left out is told place by place with --why, and not without."""
    assert "Halle du marché: closed on" not in printed(plan, Look(80))
    assert "Halle du marché: closed on" in printed(plan, Look(80, why=True))
    assert "--why" not in printed(plan, Look(80, why=True))


def test_what_matters_most_comes_before_the_hours(plan: Plan) -> None:
    """A poor day and a place worth the journey that is not in it are said in the first lines."""
    hint = Hint("closed-day", "Closed that day: Musée", "--date 2026-11-26")
    lines = printed(replace(plan, hints=(hint,)), Look(80)).splitlines()
    assert lines.index("Closed that day: Musée: --date 2026-11-26") < lines.index("")


def test_little_time_in_hand_is_said_once_where_it_runs_out(plan: Plan) -> None:
    """Who may be four minutes late at every stop up to the third hears it at the third."""
    text = printed(with_slack(plan, [4, 4, 4, 60, 60, 60]), Look(80))
    assert text.count("be there by") == 1
    assert "be there by 12:45" in text
    assert "be there by" not in printed(plan, Look(80))


def test_being_home_in_time_is_nobody_elses_matter(plan: Plan) -> None:
    """Little time before the end of the time one gave oneself is not said; a closing is."""
    (day,) = plan.days
    begin = day.end_time - dt.timedelta(minutes=363)
    tour = replace(plan, request={**plan.request, "at": f"{begin:%H:%M}", "minutes": 367})
    assert "be there by" not in printed(with_slack(tour, [3] * 6), Look(80))
    assert "be there by" in printed(with_slack(tour, [2] * 6), Look(80))


def with_slack(plan: Plan, minutes: list[int]) -> Plan:
    """Return a plan of one day with other times in hand."""
    (day,) = plan.days
    stops = tuple(replace(s, slack_minutes=m) for s, m in zip(day.stops, minutes, strict=True))
    return replace(plan, days=(replace(day, stops=stops),))


def test_a_public_holiday_is_named(plan: Plan) -> None:
    """The header says which holiday the day is."""
    (day,) = plan.days
    holiday = replace(plan, days=(replace(day, holiday="Armistice Day"),))
    assert printed(holiday, Look(80)).splitlines()[0].endswith("2026 · Armistice Day")


@pytest.mark.usefixtures("nine_o_clock")
@pytest.mark.parametrize("columns", ["60", "80", "140"])
@pytest.mark.parametrize(
    "command",
    ["plan", "plan --one-way --theme nature", "nearby gare --within 2h", "route gare musee terril",
     "places list", "places show musee", "places show hopital", "places themes"],
)  # fmt: skip
def test_every_answer_keeps_within_the_columns(
    town: Town, monkeypatch: pytest.MonkeyPatch, columns: str, command: str
) -> None:
    """COLUMNS is kept by every command, through a pipe, and no escape codes are printed."""
    monkeypatch.setenv("COLUMNS", columns)
    result = run(*command.split(), "--places", town.catalogue)
    assert result.code == 0
    assert max(cell_len(line) for line in result.out.splitlines()) <= int(columns)
    assert "\x1b" not in result.out


@pytest.mark.usefixtures("nine_o_clock", "streets")
def test_colour_only_where_it_is_wanted(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """NO_COLOR takes the colours and leaves the words."""
    command = ("plan", "--places", town.catalogue)
    without = run(*command)
    monkeypatch.setenv("FORCE_COLOR", "1")
    coloured = run(*command)
    assert "\x1b[32m" in coloured.out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[32m" not in run(*command).out
    assert Text.from_ansi(coloured.out).plain.split() == without.out.split()


@pytest.mark.usefixtures("nine_o_clock")
@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "cp850", "utf-8"])
def test_any_encoding_gets_readable_words(town: Town, encoding: str) -> None:
    """A terminal that lacks characters gets what looks alike, in lines of the same length."""
    done = run("plan", "--places", town.catalogue, encoding=encoding)
    text = done.stdout.decode(encoding)
    assert "?" not in text
    assert ("Musée" if encoding != "ascii" else "Musee") in text
    assert max(len(line) for line in text.splitlines()) <= 80


@given(st.text(), st.sampled_from(["ascii", "cp1252", "utf-8"]))
def test_plain_text_can_be_printed_and_keeps_its_length(text: str, encoding: str) -> None:
    """Whatever a catalogue holds, half surrogates included, printing it cannot fail."""
    assert len(text.encode(encoding, console.alike_in(encoding)).decode(encoding)) == len(text)


def test_control_characters_are_not_printed(town: Town, tmp_path: Path) -> None:
    """What a terminal would obey is printed as a space, in answers and in messages."""
    assert console.safe("a\x1b[31mb\x07\x9bc\nd") == "a [31mb  c\nd"
    assert console.safe("pdf\u202egpj.exe\u2066x\u2069") == "pdf gpj.exe x "
    result = run("places", "show", "\x1b[31mred", "--places", town.catalogue)
    assert "\x1b" not in result.err
    assert run("check", tmp_path / "\x1b[31m").err.count("\x1b") == 0
