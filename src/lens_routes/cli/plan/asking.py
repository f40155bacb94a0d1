"""From the options of ``plan`` to a request: words become places, dates, minutes and metres."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from lens_routes.cli.frame import console, resources
from lens_routes.errors import UsageError
from lens_routes.text import wording
from lens_routes.text.language import tr, trn

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from lens_routes.catalogue.catalogue import Catalogue
    from lens_routes.planning.request import Appointment, Pause, Request

#: The day a visitor gets who says nothing else.
DEFAULT_AT = dt.time(10)
DEFAULT_MINUTES = 6 * 60
DEFAULT_WALK = "12km"
#: After this hour a day that starts today is hardly worth planning.
TOO_LATE = dt.time(14)
#: How late one may be anywhere in a relaxed day, minutes.
RELAXED_MINUTES = 15
#: How long a break is that does not say, minutes.
PAUSE_MINUTES = 60
#: What lifts the limit on walking.
NO_LIMIT = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The options of ``plan`` that shape the answer, as they were typed."""

    theme: list[str]
    start: str | None
    end: str | None
    loop: bool
    date: str | None
    days: int
    at: str | None
    duration: str | None
    until: str | None
    must: list[str]
    avoid: list[str]
    appointment: list[str]
    lunch: str | None
    pauses: list[str]
    max_walk: str
    pace: str
    max_visits: int | None
    budget: float | None
    visit: list[str]
    relaxed: bool
    strict_hours: bool
    seed: int
    online: bool
    mode: str = "walk"
    max_rides: int | None = None
    max_transfers: int | None = None
    min_transfer: str | None = None
    prefer: str | None = None
    avoid_mode: list[str] = field(default_factory=list)


#: What shapes rides only.
_RIDING = ("prefer", "avoid_mode", "max_rides", "max_transfers", "min_transfer")
#: Options and the others that say otherwise.
_RIVALS = (("duration", "until"), ("until", "duration"), ("end", "loop"), ("loop", "end"))
_BUILT_IN: Mapping[str, Any] = {"loop": True, "avoid_mode": []}


def without_idle(asked: Asked, defaults: Collection[str]) -> Asked:
    """Return what is asked, less those *defaults* of the person's that what was typed denies.

    Who always comes home at six and says ``--for 3h`` today means three hours; whose rides should
    have few changes may still walk.
    """
    unset: dict[str, Any] = {**dict.fromkeys((*_RIDING, *dict(_RIVALS))), **_BUILT_IN}
    idle = {*_RIDING} if asked.mode == "walk" else set()
    idle |= {
        one
        for one, other in _RIVALS
        if other not in defaults and getattr(asked, other) != unset[other]
    }
    return replace(asked, **{name: unset[name] for name in idle & {*defaults}})


def request_of(asked: Asked, catalogue: Catalogue, now: dt.datetime) -> Request:
    """Return the request a person typed.

    Raises
    ------
    UsageError
        An option makes no sense, or two contradict each other.
    NotFoundError
        A place or theme is not in the catalogue, or several answer to the words.
    """
    from lens_routes.catalogue.find.find import find
    from lens_routes.catalogue.themes import require_theme
    from lens_routes.planning.meals import usual_lunch
    from lens_routes.planning.request import Request
    from lens_routes.text.quantities import parse_distance, parse_duration
    from lens_routes.timetable.network.wishes import parse_mode
    from lens_routes.travel.foot.pace import parse_pace

    if asked.end is not None and not asked.loop:
        raise UsageError(
            tr("--end and --one-way contradict each other."), tr("Keep one of the two.")
        )
    day, begin = _when(now, asked.date, asked.at)
    origin = resources.start_of(asked.start, catalogue, online=asked.online)
    goal = origin
    if asked.end is not None:
        goal = resources.locate(asked.end, catalogue, online=asked.online)
    minutes = _minutes(begin, asked.duration, asked.until)
    pauses = _pauses(asked.lunch, asked.pauses)
    if asked.lunch is None:
        pauses = (*usual_lunch(begin, minutes), *pauses)
    limited = asked.max_walk.strip().lower() != NO_LIMIT
    return Request(
        themes=tuple(dict.fromkeys(require_theme(catalogue, word) for word in asked.theme)),
        start=origin,
        end=goal if asked.loop else None,
        date=day,
        days=asked.days,
        at=begin,
        minutes=minutes,
        pace_kmh=parse_pace(asked.pace),
        mode=asked.mode,
        must=tuple(dict.fromkeys(find(catalogue, words).id for words in asked.must)),
        avoid=tuple(dict.fromkeys(find(catalogue, words).id for words in asked.avoid)),
        appointments=tuple(_appointment(text, catalogue, day) for text in asked.appointment),
        pauses=pauses,
        max_walk_m=parse_distance(asked.max_walk, "--max-walk") if limited else None,
        max_visits=asked.max_visits,
        budget_eur=asked.budget,
        visit_minutes=_visits(catalogue, asked.visit),
        margin_minutes=RELAXED_MINUTES if asked.relaxed else 0,
        strict_hours=asked.strict_hours,
        max_rides=asked.max_rides,
        max_transfers=asked.max_transfers,
        min_transfer_minutes=None
        if asked.min_transfer is None
        else parse_duration(asked.min_transfer, "--min-transfer"),
        prefer=None if asked.prefer is None else asked.prefer.strip().lower(),
        avoid_modes=tuple(dict.fromkeys(parse_mode(word).value for word in asked.avoid_mode)),
        seed=asked.seed,
    )


def _appointment(text: str, catalogue: Catalogue, today: dt.date) -> Appointment:
    from lens_routes.catalogue.find.find import find
    from lens_routes.planning.request import Appointment
    from lens_routes.text.quantities import parse_moment

    words, equals, when = text.rpartition("=")
    if not equals:
        raise UsageError(
            tr("--appointment {text} does not say when.", text=wording.quoted(text)),
            tr("Write for example {example}.", example="culture-commune=14:00"),
        )
    date, clock = parse_moment(when, today, f"--appointment {words}", console.say)
    return Appointment(find(catalogue, words).id, clock, date)


def _pauses(lunch: str | None, pauses: list[str]) -> tuple[Pause, ...]:
    found = []
    if lunch is not None:
        found.append(replace(_pause(tr("Lunch"), lunch, "--lunch"), meal=True))
    for number, text in enumerate(pauses, 1):
        name = tr("Break") if len(pauses) == 1 else tr("Break {number}", number=number)
        found.append(_pause(name, text, "--break"))
    return tuple(found)


def _pause(name: str, text: str, option: str) -> Pause:
    """Return a break from ``12h-14h,60min``: an hour, the default, between noon and two."""
    from lens_routes.planning.request import Pause
    from lens_routes.text.quantities import minutes_between, parse_duration, parse_span

    span, comma, length = text.partition(",")
    earliest, until = parse_span(span, option)
    minutes = parse_duration(length, option) if comma else PAUSE_MINUTES
    play = minutes_between(earliest, until) - minutes
    if play < 0:
        raise UsageError(
            trn(
                "{option} {text}: {n} minute does not fit between {begin} and {end}.",
                "{option} {text}: {n} minutes do not fit between {begin} and {end}.",
                minutes,
                option=option,
                text=wording.quoted(text),
                begin=f"{earliest:%H:%M}",
                end=f"{until:%H:%M}",
            ),
            tr("Make it shorter, or give it more room."),
        )
    latest = earliest.hour * 60 + earliest.minute + play
    return Pause(name, earliest, dt.time(*divmod(latest, 60)), minutes)


def _when(now: dt.datetime, date: str | None, at: str | None) -> tuple[dt.date, dt.time]:
    from lens_routes.text.quantities import parse_clock, parse_date

    today = now.date()
    if date is not None:
        day = parse_date(date, today, "--date", console.say)
    else:
        day = today + dt.timedelta(days=now.time() >= TOO_LATE)
    if at is not None:
        begin = parse_clock(at, "--at")
    elif day == today:
        begin = max(DEFAULT_AT, _next_quarter(now.time()))
    else:
        begin = DEFAULT_AT
    # A time that the clocks skip in spring becomes the one they show instead.
    moment = dt.datetime.combine(day, begin, now.tzinfo).astimezone(dt.UTC)
    return day, moment.astimezone(now.tzinfo).time()


def _next_quarter(time: dt.time) -> dt.time:
    """Return the next quarter of an hour, the last one of the day at the latest."""
    quarters = -(-(time.hour * 3600 + time.minute * 60 + time.second) // 900)
    return dt.time(*divmod(min(quarters * 15, 24 * 60 - 15), 60))


def _minutes(begin: dt.time, duration: str | None, until: str | None) -> int:
    from lens_routes.text.quantities import minutes_between, parse_clock, parse_duration

    if duration is not None and until is not None:
        raise UsageError(tr("--for and --until both say how long."), tr("Keep one of the two."))
    if duration is not None:
        return parse_duration(duration, "--for")
    if until is None:
        return DEFAULT_MINUTES
    end = parse_clock(until, "--until")
    minutes = minutes_between(begin, end)
    if minutes <= 0:
        raise UsageError(
            tr(
                "--until {end} is not after the start at {begin}.",
                end=f"{end:%H:%M}",
                begin=f"{begin:%H:%M}",
            ),
            tr("Start earlier with --at, or end later."),
        )
    return minutes


def _visits(catalogue: Catalogue, visits: list[str]) -> dict[str, int]:
    from lens_routes.catalogue.find.find import find
    from lens_routes.text.quantities import parse_duration

    found = {}
    for text in visits:
        words, equals, stay = text.rpartition("=")
        if not equals:
            raise UsageError(
                tr("--visit {text} does not say how long.", text=wording.quoted(text)),
                tr("Write for example {example}.", example="louvre-lens=90"),
            )
        found[find(catalogue, words).id] = parse_duration(stay, f"--visit {words}")
    return found
