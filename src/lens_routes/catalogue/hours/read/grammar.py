"""Reading tokens into rules: the syntax of opening_hours, and what is no opening hours."""

from __future__ import annotations

from typing import NoReturn

from lens_routes.catalogue.hours.model import Opening
from lens_routes.catalogue.hours.read.closing import are_words, kept
from lens_routes.catalogue.hours.read.cursor import Reader
from lens_routes.catalogue.hours.read.dates import DAY_KINDS, DateReader
from lens_routes.catalogue.hours.read.times import TimeReader
from lens_routes.catalogue.hours.read.tokens import tokenize
from lens_routes.catalogue.hours.rules import (
    DAY_MIN,
    Clock,
    Joint,
    Native,
    Rule,
    Selector,
    TimeSpan,
)
from lens_routes.text.language import tr

STATES = {"open": Opening.OPEN, "off": Opening.CLOSED, "unknown": Opening.UNKNOWN}
#: The kinds of selector, widest first; those of one kind are alternatives, the kinds must agree.
KINDS = ("year", "holiday", "month", "monthday", "week", "weekday")
#: What "open by appointment" is to who stands before the door.
ON_REQUEST = frozenset(("on appointment", "Nach Vereinbarung", "Sur rendez-vous"))
EVERY_DAY = Native("Mo-Su")
ALL_DAY = TimeSpan(Clock(0), Clock(DAY_MIN))


def read(value: str, country: str, *, points: bool = False) -> tuple[Rule, ...]:
    """Read a value into its rules; *points* in time are refused unless they are meant.

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
            rules += _group(reader, joint, points=points)
            joint = Joint.NORMAL
    if not are_words(value):
        return tuple(rules)
    _refuse_doubts(reader, rules)
    return kept(rules)


def _refuse_doubts(reader: Reader, rules: list[Rule]) -> None:
    """Refuse words that may mean the contrary of what a grammar makes of them."""
    closed = [rule for rule in rules if rule.state is Opening.CLOSED]
    opened = [rule for rule in rules if rule.state is Opening.OPEN]
    hint = tr('Write when it is open: "10:00-18:00; Tu off".')
    timed = any(rule.times for rule in rules)
    if timed and any(rule.dates and not rule.times and not rule.comment for rule in opened):
        reader.refuse(tr("days are named and no times"), hint, -1)
    for rule in closed:
        if len(rule.dates) > 1 and rule is not rules[-1] and rules[0] is rule:
            reader.refuse(tr("where the days end on which it is closed is not clear"), hint, -1)
        if rule.times and (not opened or sum(map(len, rule.dates)) > 1):
            reader.refuse(
                tr("whether these are the times it is open or closed is not clear"), hint, -1
            )


def _refuse_holidays(reader: Reader) -> None:
    """Refuse holidays where nobody said of which country."""
    for steps in range(len(reader)):
        if reader.ahead(steps).kind == "holiday":
            reader.refuse(
                tr("holidays are named, but no country is known"),
                tr("Say in which country the place is, or write the dates instead of PH and SH."),
                steps,
            )


class _Draft:
    """A rule while it is being read."""

    def __init__(
        self, dates: dict[str, list[Selector]] | None = None, state: Opening | None = None
    ) -> None:
        self.dates = {} if dates is None else dates
        self.times: list[TimeSpan] = []
        self.state = state
        self.comment = ""
        #: Days the rule leaves out: "every day except Tuesdays".
        self.but: dict[str, list[Selector]] = {}

    def joins(self, earlier: _Draft) -> bool:
        """Say whether days alone after a comma belong to the clause before, and put them there.

        "Su 14:00-17:00, May-Sep" restricts it; "Sa 14:00-17:00, Su" has its times.
        """
        if not self.dates or self.times or self.state or self.comment or not earlier.times:
            return False
        if self.dates.keys() & earlier.dates.keys():
            self.times = earlier.times
            return False
        earlier.dates |= self.dates
        earlier.but |= self.but
        return True

    def sort_out(self) -> None:
        """Open on all days again what leaves out "Mondays, every day"."""
        left_out = self.but.get("weekday", [])
        if len(left_out) > 1 and EVERY_DAY in left_out:
            left_out.remove(EVERY_DAY)
            self.dates.setdefault("weekday", [EVERY_DAY])

    def rules(self, joint: Joint) -> list[Rule]:
        """Finish the rule, and the one that closes the days it leaves out."""
        if not self.but:
            return [self.rule(joint)]
        left_out = _Draft(dates=self.but, state=Opening.CLOSED)
        if not (self.dates or self.times or self.state):
            return [left_out.rule(Joint.NORMAL)]
        return [self.rule(joint), left_out.rule(Joint.NORMAL)]

    def rule(self, joint: Joint) -> Rule:
        """Finish the rule; a comment alone says that nobody knows."""
        said = Opening.UNKNOWN if self.comment else Opening.OPEN
        dates = tuple(tuple(self.dates[kind]) for kind in KINDS if kind in self.dates)
        return Rule(joint, dates, tuple(self.times), self.state or said, self.comment)


def _group(reader: Reader, joint: Joint, *, points: bool) -> list[Rule]:
    """Read the rules up to the next ; or ||: one, and those a comma adds to it."""
    drafts: list[tuple[_Draft, Joint]] = []
    more: Joint | None = joint
    while more is not None:
        joint = joint if joint is Joint.FALLBACK else more
        draft, more = _rule(reader, points=points)
        if not (drafts and joint is Joint.ADDITIONAL and draft.joins(drafts[-1][0])):
            drafts.append((draft, joint))
    return [rule for draft, joint in drafts for rule in draft.rules(joint)]


def _rule(reader: Reader, *, points: bool) -> tuple[_Draft, Joint | None]:
    """Read one rule; say how another joins it: by a comma, or as a clause of its own."""
    draft = _Draft()
    start = reader.at
    after_time = False
    while not reader.done and not reader.peek_kind("||") and not reader.peek(";"):
        token = reader.token
        timed, after_time = after_time, False
        if _another_clause(reader, draft):
            return draft, Joint.NORMAL
        if TimeReader.begins(reader):
            if TimeReader(reader, draft.times, points=points).read():
                return draft, Joint.ADDITIONAL
            after_time = True
        elif DateReader.begins(reader) or token.kind == "except":
            _days(reader, draft, first=reader.at == start)
        elif token.kind == "always":
            reader.advance()
            draft.times.append(ALL_DAY)
        elif token.kind in ("state", "comment"):
            _modifier(reader, draft)
            if reader.take(","):
                return draft, None if reader.ended else Joint.ADDITIONAL
        elif token.text == ":" and not timed and reader.at > start and not reader.last:
            reader.advance()
        else:
            _unexpected(reader)
    return draft, None


def _days(reader: Reader, draft: _Draft, *, first: bool) -> None:
    """Read days, or those that "except" leaves out; *first* where nothing stands before them."""
    if not reader.take_kind("except"):
        DateReader(reader, draft.dates).read()
        return
    hint = tr('Write when it is open: "10:00-18:00; Tu off".')
    if draft.state is Opening.CLOSED:
        reader.refuse(tr("what is excepted from being closed may be open at any time"), hint, -1)
    DateReader(reader, draft.but).read()
    draft.sort_out()
    if first and not draft.dates and sum(map(len, draft.but.values())) > 1:
        reader.refuse(tr("which of these days are left out is not clear"), hint, -1)


def _another_clause(reader: Reader, draft: _Draft) -> bool:
    """Say whether a clause begins without a semicolon: "10h-18h fermé le mardi".

    Days of a kind that the clause has already begin one after times or a state ("Mo closed Tu
    10:00-12:00"), and so do days that a state follows, and a state with days of its own.
    """
    if DateReader.begins(reader):
        if not (draft.times or draft.state):
            return False
        state = _state_follows(reader)
        if not draft.dates:
            return state == "off" and bool(draft.times)
        return _kind_of_days(reader) in draft.dates or bool(state)
    if reader.token.kind != "state" or not (draft.times or draft.state):
        return False
    if draft.state and draft.dates:
        return True
    follows = 1 + reader.peek(":", 1)
    return reader.ahead(follows).kind in DAY_KINDS


def _kind_of_days(reader: Reader) -> str:
    """Return the group of selectors the days that begin here belong to."""
    if DateReader.date_begins(reader):
        return "monthday"
    return reader.token.kind


def _state_follows(reader: Reader) -> str:
    """Return the state that stands right after the days that begin here, if one does."""
    steps = 1
    while reader.ahead(steps).kind in (*DAY_KINDS, "number") or reader.ahead(steps).text in "-,":
        if reader.ahead(steps + 1).text == ":" or not reader.ahead(steps).text:
            break
        steps += 1
    after = reader.ahead(steps)
    return after.text if after.kind == "state" else ""


def _modifier(reader: Reader, draft: _Draft) -> None:
    token = reader.advance()
    if token.kind == "state":
        draft.state = STATES[token.text]
    else:
        draft.comment = token.text
        if draft.state is None or (
            draft.state is Opening.OPEN and not draft.times and token.text in ON_REQUEST
        ):
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
