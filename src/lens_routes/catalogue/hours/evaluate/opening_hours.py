"""Asking rules when a place is open.

The library answers which days a selector chooses and when the sun rises. What rules do to each
other (a rule replaces, adds to or backs up earlier ones; times run past midnight; ends are open)
is composed here as the reference implementation opening_hours.js composes it, because the library
differs there: it calls guessed closing times open and lets a fallback replace a whole day.
"""

from __future__ import annotations

import datetime as dt
import functools
import itertools
from typing import TYPE_CHECKING, NamedTuple

from lens_routes.catalogue.hours import remarks
from lens_routes.catalogue.hours.evaluate.days import Days, Question
from lens_routes.catalogue.hours.evaluate.holidays import Holidays, calendar_of
from lens_routes.catalogue.hours.evaluate.timeline import (
    Line,
    Piece,
    Stroke,
    agree,
    closed_day,
    paint,
)
from lens_routes.catalogue.hours.evaluate.times import strokes
from lens_routes.catalogue.hours.model import HoursContext, Opening, Span
from lens_routes.catalogue.hours.read.grammar import read
from lens_routes.catalogue.hours.rules import DAY_MIN, Joint, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

_DAY = dt.timedelta(days=1)
#: More open questions about one day than these are not tried out.
_MOST_QUESTIONS = 6
DOUBTS = {"PH": remarks.PUBLIC_HOLIDAYS, "SH": remarks.SCHOOL_HOLIDAYS}


class OpeningHours(NamedTuple):
    """Opening hours that were read; `parse` makes them.

    Parameters
    ----------
    value
        The hours as they were written.
    context
        Where the place stands.
    rules, holidays
        What they say, and the calendar of the country.
    """

    value: str
    context: HoursContext
    rules: tuple[Rule, ...]
    holidays: Holidays

    def spans(self, begin: dt.datetime, end: dt.datetime) -> tuple[Span, ...]:
        """Return the states between two aware instants.

        The spans are contiguous, cover exactly [begin, end), neighbours differ in state or
        comment, and their times are in the zone of the place. A time the clocks skip in spring
        counts as the moment they jump, one they repeat in autumn as its first occurrence.
        """
        zone = self.context.zone
        begin, end = begin.astimezone(dt.UTC), end.astimezone(dt.UTC)
        found: list[Span] = []
        for wall, state, comment in self._changes(begin, end):
            start = max(begin, _instant(wall, zone))
            if start >= end:
                break
            while found and found[-1].begin >= start:
                found.pop()
            if not found or (found[-1].state, found[-1].comment) != (state, comment):
                found.append(Span(start, end, state, comment))
        ends = [*(span.begin for span in found[1:]), end]
        return tuple(
            Span(
                span.begin.astimezone(zone),
                until.astimezone(zone),
                span.state,
                remarks.said(span.comment),
            )
            for span, until in zip(found, ends, strict=False)
        )

    def next_open(self, after: dt.datetime, within_days: int = 60) -> Span | None:
        """Return the first open span that is under way at an instant or begins after it.

        Its end is true unless the place stays open past the days looked at.
        """
        for days in sorted({min(3, within_days), within_days}):
            until = after + days * _DAY
            for span in self.spans(after, until):
                if span.state is Opening.OPEN and (span.end < until or days == within_days):
                    return span
        return None

    def _changes(
        self, begin: dt.datetime, end: dt.datetime
    ) -> Iterator[tuple[dt.datetime, Opening, str]]:
        """Yield the wall times at which a state begins, and the state."""
        date = begin.astimezone(self.context.zone).date()
        last = end.astimezone(self.context.zone).date()
        while date <= last:
            midnight = dt.datetime.combine(date, dt.time())
            for piece in self._day(date):
                yield midnight + dt.timedelta(minutes=piece.begin), piece.state, piece.comment
            date += _DAY

    def _day(self, date: dt.date) -> Line:
        """Return a day as it is in every world that what is unknown allows."""
        questions: tuple[Question, ...] = ()
        while True:
            lines, asked = self._worlds(date, questions)
            new = asked.difference(questions)
            if not new:
                break
            questions = (*questions, *sorted(new))
            if len(questions) > _MOST_QUESTIONS:
                return [Piece(0, DAY_MIN, Opening.UNKNOWN, remarks.OTHER_DOUBT)]
        doubt = DOUBTS.get(questions[0][0], remarks.OTHER_DOUBT) if questions else ""
        return agree(lines, doubt)

    def _worlds(
        self, date: dt.date, questions: tuple[Question, ...]
    ) -> tuple[list[Line], set[Question]]:
        lines, asked = [], set[Question]()
        for answers in itertools.product((False, True), repeat=len(questions)):
            days = Days(self.holidays, dict(zip(questions, answers, strict=True)))
            lines.append(self._compose(date, days))
            asked |= days.asked
        return lines, asked

    def _compose(self, date: dt.date, days: Days) -> Line:
        """Let the rules that choose a day, or the day before and run on, paint in order."""
        layers: list[tuple[list[Stroke], bool]] = []
        dateless = False
        for rule in self.rules:
            if days.match(rule, date):
                if _replaces(rule, follows_dateless=dateless):
                    layers.clear()
                layers.append((self._strokes(rule, date), rule.joint is Joint.FALLBACK))
            if runs_on := self._running_on(rule, date, days):
                layers.append((runs_on, False))
            dateless = not rule.dates
        line = closed_day()
        for layer, where_closed in layers:
            for stroke in layer:
                line = paint(line, stroke, where_closed=where_closed)
        return line

    def _strokes(self, rule: Rule, date: dt.date) -> list[Stroke]:
        return [
            stroke._replace(end=min(stroke.end, DAY_MIN))
            for stroke in strokes(rule, date, self.context)
            if stroke.begin < DAY_MIN
        ]

    def _running_on(self, rule: Rule, date: dt.date, days: Days) -> list[Stroke]:
        """Return what a rule of the day before still says after midnight."""
        yesterday = date - _DAY
        late = [
            stroke._replace(begin=max(0, stroke.begin - DAY_MIN), end=stroke.end - DAY_MIN)
            for stroke in strokes(rule, yesterday, self.context)
            if stroke.end > DAY_MIN
        ]
        if not late or not days.match(rule, yesterday):
            return []
        if rule.joint is Joint.FALLBACK and rule.state is Opening.CLOSED:
            # "|| 20:00-02:00 off": whether it closes what earlier rules open is read both ways.
            return [stroke._replace(state=Opening.UNKNOWN) for stroke in late]
        return late


def parse(value: str, context: HoursContext, *, points: bool = False) -> OpeningHours:
    """Read opening hours in OSM syntax, forgiving common spellings.

    With *points*, points in time as well, as collections and services have them: each is open for
    a minute.

    Raises
    ------
    BadInputError
        The value is no opening hours: the message names the place in it, the hint what to write.
    """
    holidays = calendar_of(context.country, context.region, context.school_zone)
    return OpeningHours(
        value, context, _read(value, context.country.upper(), points=points), holidays
    )


_read = functools.lru_cache(maxsize=4096)(read)


def _replaces(rule: Rule, *, follows_dateless: bool) -> bool:
    """Say whether a rule sweeps away what earlier rules say about the days it chooses.

    One that closes does not, it only closes its times; nor does one without dates, unless the
    rule before it has none either.
    """
    if rule.joint is not Joint.NORMAL or rule.state is Opening.CLOSED:
        return False
    return bool(rule.dates) or (follows_dateless and rule.state is Opening.OPEN)


def _instant(wall: dt.datetime, zone: dt.tzinfo) -> dt.datetime:
    """Return the moment the clocks of a zone show a wall time, in UTC."""
    while True:
        moment = wall.replace(tzinfo=zone).astimezone(dt.UTC)
        if moment.astimezone(zone).replace(tzinfo=None) == wall:
            return moment
        wall += dt.timedelta(minutes=1)
