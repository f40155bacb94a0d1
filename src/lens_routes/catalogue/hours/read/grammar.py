"""Reading tokens into rules: the syntax of opening_hours, and what is no opening hours."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NoReturn

from lens_routes.catalogue.hours.model import Opening
from lens_routes.catalogue.hours.read.cursor import Reader
from lens_routes.catalogue.hours.read.dates import DateReader
from lens_routes.catalogue.hours.read.times import TimeReader
from lens_routes.catalogue.hours.read.tokens import tokenize
from lens_routes.catalogue.hours.rules import DAY_MIN, Clock, Joint, Rule, Selector, TimeSpan
from lens_routes.text.language import tr

STATES = {"open": Opening.OPEN, "off": Opening.CLOSED, "unknown": Opening.UNKNOWN}
#: The kinds of selector, widest first; those of one kind are alternatives, the kinds must agree.
KINDS = ("year", "holiday", "month", "monthday", "week", "weekday")
ALL_DAY = TimeSpan(Clock(0), Clock(DAY_MIN))


def read(value: str, country: str) -> tuple[Rule, ...]:
    """Read a value into its rules.

    Raises
    ------
    BadInputError
        The value is no opening hours; the message names the place, the hint what to write.
    """
    reader = Reader(value, tokenize(value, country))
    if not country:
        _refuse_holidays(reader)
    rules: list[Rule] = []
    joint = Joint.NORMAL
    while not reader.done:
        if reader.take(";"):
            joint = Joint.NORMAL
        elif reader.peek_kind("||"):
            if not rules:
                reader.refuse(tr("nothing stands before ||"), tr("Write the normal hours first."))
            reader.advance()
            joint = Joint.FALLBACK
            if reader.done:
                reader.refuse(tr("nothing follows ||"), tr("Write the fallback, or leave || out."))
        else:
            rules += _group(reader, joint)
            joint = Joint.NORMAL
    return tuple(rules)


def _refuse_holidays(reader: Reader) -> None:
    """Refuse holidays where nobody said of which country."""
    for steps in range(len(reader)):
        if reader.ahead(steps).kind == "holiday":
            reader.refuse(
                tr("holidays are named, but no country is known"),
                tr("Say in which country the place is, or write the dates instead of PH and SH."),
                steps,
            )


@dataclass(slots=True)
class _Draft:
    """A rule while it is being read."""

    dates: dict[str, list[Selector]] = field(default_factory=dict)
    times: list[TimeSpan] = field(default_factory=list)
    state: Opening | None = None
    comment: str = ""

    def rule(self, joint: Joint) -> Rule:
        """Finish the rule; a comment alone says that nobody knows."""
        said = Opening.UNKNOWN if self.comment else Opening.OPEN
        dates = tuple(tuple(self.dates[kind]) for kind in KINDS if kind in self.dates)
        return Rule(joint, dates, tuple(self.times), self.state or said, self.comment)


def _group(reader: Reader, joint: Joint) -> list[Rule]:
    """Read the rules up to the next ; or ||: one, and those a comma adds to it."""
    rules = []
    while True:
        draft, more = _rule(reader)
        rules.append(draft.rule(joint))
        if not more:
            return rules
        if joint is Joint.NORMAL:
            joint = Joint.ADDITIONAL


def _rule(reader: Reader) -> tuple[_Draft, bool]:
    """Read one rule; say whether a comma adds another to it."""
    draft = _Draft()
    start = reader.at
    after_time = False
    while not reader.done and not reader.peek_kind("||") and not reader.peek(";"):
        token = reader.token
        timed, after_time = after_time, False
        if TimeReader.begins(reader):
            if TimeReader(reader, draft.times).read():
                return draft, True
            after_time = True
        elif DateReader.begins(reader):
            DateReader(reader, draft.dates).read()
        elif token.kind == "always":
            reader.advance()
            draft.times.append(ALL_DAY)
        elif token.kind in ("state", "comment"):
            _modifier(reader, draft)
            if reader.take(","):
                return draft, not reader.ended
        elif token.text == ":" and not timed and reader.at > start and not reader.last:
            reader.advance()
        else:
            _unexpected(reader)
    return draft, False


def _modifier(reader: Reader, draft: _Draft) -> None:
    token = reader.advance()
    if token.kind == "state":
        draft.state = STATES[token.text]
    else:
        draft.comment = token.text
        if draft.state is None:
            draft.state = Opening.UNKNOWN


def _unexpected(reader: Reader) -> NoReturn:
    token = reader.token
    if token.text == ",":
        reader.refuse(
            tr("a comma joins what cannot be joined"),
            tr('Separate rules with "; ", for example "Mo-Fr 10:00-12:00; Sa 10:00-18:00".'),
        )
    if token.kind == "number":
        reader.refuse(
            tr('"{text}" is no time', text=token.text), tr('Write times as "09:00-18:00".')
        )
    reader.refuse(
        tr('"{text}" makes no sense here', text=token.text),
        tr('Write days, then times, then a state: "Apr-Sep Mo-Fr 10:00-18:00 open".'),
    )
