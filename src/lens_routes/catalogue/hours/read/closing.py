"""Where words close days before others open them: what is closed stays so.

In OSM's syntax a later rule has its way: ``Mo off; 10:00-18:00`` is open on Mondays. Who writes
"Closed on Mondays. Open daily from 10am to 6pm" means the contrary.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from lens_routes.catalogue.hours.model import Opening
from lens_routes.catalogue.hours.read.lexicon import CODES, EVENTS, MONTHS, WEEKDAYS
from lens_routes.catalogue.hours.rules import Holiday, Joint, Range, Selector
from lens_routes.text.expressions import expression

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lens_routes.catalogue.hours.rules import Rule

#: Every month counts 31 days here: only which of two stretches is part of the other matters.
_DAYS_OF_YEAR = 12 * 31
_Spans = dict[str, set[int]]
_SYNTAX = frozenset((*CODES.values(), *EVENTS, "PH", "SH", "off", "closed", "open", "unknown",
                     "week", "easter", "day", "days"))  # fmt: skip
_WORD = expression(r"[^\W\d_]+")
_COMMENT = expression(r'"[^"]*"')
_DATE = expression(r"([A-Z]\w\w)(?: (\d\d))?(?:-(?:([A-Z]\w\w)|(\d\d)))?$")


def are_words(value: str) -> bool:
    """Say whether a value is more than OSM's syntax."""
    return not _SYNTAX.issuperset(_WORD.findall(_COMMENT.sub("", value)))


def kept(rules: Sequence[Rule]) -> tuple[Rule, ...]:
    """Return rules, each that closes days behind the last that would open them again."""
    found = list(rules)
    for rule in rules:
        if rule.state is not Opening.CLOSED or not rule.dates or rule.joint is not Joint.NORMAL:
            continue
        place = _identity(found, rule)
        behind = [n for n in range(place + 1, len(found)) if _reopens(found[n], rule, rules)]
        if behind:
            last = behind[-1] + 1
            while last < len(found) and found[last].joint is Joint.ADDITIONAL:
                last += 1
            found.insert(last, rule)
            del found[place]
    return tuple(found)


def _identity(rules: Sequence[Rule], rule: Rule) -> int:
    return next(n for n, one in enumerate(rules) if one is rule)


def _reopens(rule: Rule, closed: Rule, rules: Sequence[Rule]) -> bool:
    """Say whether a rule opens what another closes, and cannot mean to."""
    if rule.state is Opening.CLOSED or rule.joint is Joint.FALLBACK:
        return False
    first = closed is rules[0]
    return any(
        _overrules(theirs, ours, first=first) for ours in _spans(closed) for theirs in _spans(rule)
    )


def _overrules(theirs: _Spans, ours: _Spans, *, first: bool) -> bool:
    """Say whether the days one alternative opens take in the days another closes."""
    if len(theirs.get("weekday", ())) == len(WEEKDAYS):
        if "date" in theirs and "weekday" in ours and not first:
            return False  # "Daily but Mondays. In July every day"
        theirs = {kind: days for kind, days in theirs.items() if kind != "weekday"}
    shared = ours.keys() & theirs.keys()
    if any(ours[kind].isdisjoint(theirs[kind]) for kind in shared):
        return False
    return not shared or any(not theirs[kind] <= ours[kind] for kind in shared)


def _spans(rule: Rule) -> list[_Spans]:
    """Return the alternatives of a rule: the days each kind of its selectors names, but all."""
    groups = []
    for group in rule.dates:
        found: _Spans = {}
        for one in group:
            kind, days = _days(one)
            found.setdefault(kind, set()).update(days)
        groups.append([(kind, days) for kind, days in found.items() if len(days) < _DAYS_OF_YEAR])
    return [_agreed(chosen) for chosen in product(*filter(None, groups))]


def _agreed(chosen: Sequence[tuple[str, set[int]]]) -> _Spans:
    found: _Spans = {}
    for kind, days in chosen:
        found[kind] = found[kind] & days if kind in found else days
    return found


def _days(selector: Selector) -> tuple[str, set[int]]:
    """Return what kind of days a selector names, and their numbers in the week or year."""
    if isinstance(selector, Holiday):
        return "holiday", {0}
    if isinstance(selector, Range):
        first, last = (_DATE.match(day.text) for day in (selector.first, selector.last))
        if not (first and last):
            return "date", {0}
        return "date", _between(_number(first[1], first[2] or "01"),
                                _number(last[1], last[2] or "31"), _DAYS_OF_YEAR)  # fmt: skip
    text = selector.text
    if text[:2] in WEEKDAYS:
        first_day, _, last_day = text.partition("[")[0].partition("-")
        begin = WEEKDAYS.index(first_day)
        end = WEEKDAYS.index(last_day) if last_day in WEEKDAYS else begin
        return "weekday", _between(begin, end, len(WEEKDAYS))
    if not (match := _DATE.match(text)) or match[1] not in MONTHS:
        return "date", {0}
    month, day, last_month, last_day = match.groups()
    return "date", _between(_number(month, day or "01"),
                            _number(last_month or month, last_day or day or "31"),
                            _DAYS_OF_YEAR)  # fmt: skip


def _number(month: str, day: str) -> int:
    return MONTHS.index(month) * 31 + int(day) - 1 if month in MONTHS else 0


def _between(first: int, last: int, size: int) -> set[int]:
    return {(first + n) % size for n in range((last - first) % size + 1)}
