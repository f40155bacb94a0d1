"""Opening hours said back in words, so that whoever wrote them sees what was understood."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lens_routes.catalogue.hours.model import Opening
from lens_routes.catalogue.hours.read.dates import LAST_YEAR
from lens_routes.catalogue.hours.read.grammar import ALL_DAY, read
from lens_routes.catalogue.hours.read.lexicon import MONTHS, WEEKDAYS
from lens_routes.catalogue.hours.rules import (
    Clock,
    Holiday,
    Joint,
    Range,
    Rule,
    Selector,
    TimeSpan,
    YearDay,
)
from lens_routes.text import wording
from lens_routes.text.expressions import expression
from lens_routes.text.language import joined, said_in, tr, trn

if TYPE_CHECKING:
    from lens_routes.text.language import Said

_WHOLE = {"Mo-Su": lambda: tr("every day"), "Jan-Dec": lambda: tr("all year")}
_ORDINALS = expression(r"(?P<day>\w\w)\[(?P<number>-?\d)\]")


def in_words(value: str, country: str) -> Said:
    """Return opening hours as they were understood: ``Tuesday 10:00 to 18:00``.

    Parameters
    ----------
    value
        The hours as somebody wrote them.
    country
        ISO 3166-1 code of where they hold.

    Raises
    ------
    BadInputError
        The value is no opening hours.
    """
    return wording.clauses([_rule(rule) for rule in read(value, country.upper())])


def _rule(rule: Rule) -> Said:
    days = [wording.listed([_selector(one) for one in group]) for group in rule.dates]
    times = [] if rule.times in ((), (ALL_DAY,)) else [wording.listed([*map(_span, rule.times)])]
    if not times and rule.state is Opening.OPEN:
        times = [tr("all day")]
    state = {
        Opening.CLOSED: [tr("closed")],
        Opening.UNKNOWN: [] if rule.comment else [tr("unknown")],
        Opening.OPEN: [],
    }[rule.state]
    comment = [tr("“{comment}”", comment=rule.comment)] if rule.comment else []
    said = joined(" ", [*reversed(days), *times, *state, *comment])
    return tr("otherwise {hours}", hours=said) if rule.joint is Joint.FALLBACK else said


def _selector(selector: Selector) -> Said:
    if isinstance(selector, Holiday):
        kinds = {"PH": tr("public holidays"), "SH": tr("school holidays")}
        return _moved(kinds[selector.kind], selector.offset_days)
    if isinstance(selector, Range):
        first, last = _year_day(selector.first), _year_day(selector.last)
        if selector.first == selector.last:
            return first
        if selector.years and selector.years[1] == LAST_YEAR:
            return tr("from {begin}", begin=joined(" ", [first, str(selector.years[0])]))
        if selector.years:
            first, last = (
                joined(" ", [day, str(year)])
                for day, year in zip((first, last), selector.years, strict=True)
            )
        return tr("{first} to {last}", first=first, last=last)
    return _native(selector.text)


def _native(text: str) -> Said:
    """Say a selector of OSM's syntax: ``Mo-Fr``, ``Su[1]``, ``2026 Apr 01-18``."""
    if match := re.fullmatch(r"(?:(\d{4}) )?([A-Z]\w\w) (\d\d)(?:-(\d\d))?", text):
        year, month, first, last = match.groups()
        days = [_dated(day, month) for day in (first, last) if day]
        shown = tr("{first} to {last}", first=days[0], last=days[1]) if last else days[0]
        return joined(" ", [shown, year]) if year else shown
    plain, sign, offset = text.partition(" +")
    if not sign:
        plain, sign, offset = text.partition(" -")
    if offset:
        moved = int(offset.split()[0])
        return _moved(_native(plain), moved if sign == " +" else -moved)
    if match := _ORDINALS.fullmatch(text):
        return _nth(match["day"], int(match["number"]))
    if re.fullmatch(r"\w+-\w+", text):
        return _WHOLE[text]() if text in _WHOLE else _ranged(*text.split("-"))
    return _name(text)


def _ranged(first: str, last: str) -> Said:
    begin, end = _name(first), _name(last)
    if first not in MONTHS:
        return tr("{first} to {last}", first=begin, last=end)
    elided = begin.in_language("fr")[0] in "ao"
    french = f"{'d’' if elided else 'de '}{begin.in_language('fr')} à {end.in_language('fr')}"
    return said_in({"en": f"{begin.in_language('en')} to {end.in_language('en')}", "fr": french})


def _name(word: str) -> Said:
    if word in WEEKDAYS:
        number = WEEKDAYS.index(word)
        return said_in({key: names[number] for key, names in wording.WEEKDAYS.items()})
    if word in MONTHS:
        number = MONTHS.index(word)
        return said_in({key: names[number] for key, names in wording.MONTHS.items()})
    if word == "easter":
        return tr("Easter Sunday")
    return joined("", [tr("week {numbers}", numbers=word[5:]) if word[:5] == "week " else word])


def _dated(day: str, month: str) -> Said:
    name, number = _name(month), int(day)
    first = "1er" if number == 1 else str(number)
    return said_in(
        {
            "en": f"{number} {name.in_language('en')}",
            "fr": f"{first} {name.in_language('fr')}",
        }
    )


def _nth(day: str, number: int) -> Said:
    which = {
        1: tr("first"), 2: tr("second"), 3: tr("third"), 4: tr("fourth"), 5: tr("fifth"),
        -1: tr("last"),
    }.get(number, tr("{n} from the last", n=-number))  # fmt: skip
    return tr("{which} {weekday} of the month", which=which, weekday=_name(day))


def _year_day(day: YearDay) -> Said:
    if match := re.fullmatch(r"(\w\w\w) (\d\d)", day.text):
        said = _dated(match[2], match[1])
    elif match := re.fullmatch(r"(\w\w\w) (\w\w)\[(-?\d)\]", day.text):
        said = joined(" ", [_nth(match[2], int(match[3])), _name(match[1])])
    else:
        said = _native(day.text)
    said = _moved(said, day.offset_days)
    if not day.towards:
        return said
    weekday = _name(day.towards[1:])
    if day.towards[0] == "-":
        return tr("{weekday} before {day}", weekday=weekday, day=said)
    return tr("{weekday} after {day}", weekday=weekday, day=said)


def _moved(said: Said, days: int) -> Said:
    if not days:
        return said
    if days > 0:
        return trn("{n} day after {what}", "{n} days after {what}", days, what=said)
    return trn("{n} day before {what}", "{n} days before {what}", -days, what=said)


_LIGHT = {
    (Clock(0, "sunrise"), Clock(0, "sunset")): lambda: tr("sunrise to sunset"),
    (Clock(0, "dawn"), Clock(0, "dusk")): lambda: tr("dawn to dusk"),
}


def _span(span: TimeSpan) -> Said:
    if (said := _LIGHT.get((span.begin, span.end))) and not span.open_end:
        return said()
    begin = _clock(span.begin)
    if span.open_end:
        return tr("from {begin}", begin=begin)
    return tr("{begin} to {end}", begin=begin, end=_clock(span.end))


def _clock(clock: Clock) -> Said:
    if clock.event:
        events = {
            "sunrise": tr("sunrise"), "sunset": tr("sunset"), "dawn": tr("dawn"),
            "dusk": tr("dusk"),
        }  # fmt: skip
        if not clock.minutes:
            return events[clock.event]
        length = wording.duration(abs(clock.minutes) * 60)
        if clock.minutes < 0:
            return tr("{length} before {event}", length=length, event=events[clock.event])
        return tr("{length} after {event}", length=length, event=events[clock.event])
    hour, minute = divmod(clock.minutes, 60)
    shown = f"{hour:02d}:{minute:02d}" if hour <= 24 else f"{hour - 24:02d}:{minute:02d}"
    return joined("", [shown])
