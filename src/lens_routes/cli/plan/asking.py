"""From the options of ``plan`` to a request: words become places, dates, minutes and metres."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from lens_routes.cli.frame import console, resources
from lens_routes.errors import UsageError
from lens_routes.text import wording
from lens_routes.text.language import tr, trn
from lens_routes.text.words import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from lens_routes.catalogue.catalogue import Catalogue
    from lens_routes.planning.request import Appointment, Pause, Request

#: The day a visitor gets who says nothing else.
DEFAULT_AT = dt.time(10)
DEFAULT_MINUTES = 6 * 60
#: After this hour a day that starts today is hardly worth planning.
TOO_LATE = dt.time(14)
#: How late one may be anywhere in a relaxed day, minutes.
RELAXED_MINUTES = 15
#: How long a break is that does not say, minutes.
PAUSE_MINUTES = 60
#: Nothing is liked more than so many times as much.
MOST_LIKED = 10
#: What lifts the limit on walking.
NO_LIMIT = "none"
#: What a French speaker calls those who come along and the weather, folded.
_IN_FRENCH = {
    **dict.fromkeys(("enfant", "enfants"), "children"),
    **dict.fromkeys(("fauteuil", "fauteuil roulant"), "wheelchair"),
    **dict.fromkeys(("poussette", "buggy", "stroller", "pram"), "pushchair"),
    **dict.fromkeys(("pluie", "pluvieux"), "rain"),
    **dict.fromkeys(("chaleur", "canicule"), "heat"),
    **dict.fromkeys(("beau", "beau temps"), "fair"),
}


def without_idle(asked: Mapping[str, Any], defaults: Collection[str]) -> dict[str, Any]:
    """Return what is asked, less those *defaults* of the person's that what was typed denies.

    Who always comes home at six and says ``--for 3h`` today means three hours; whose rides should
    have few changes may still walk.
    """
    from lens_routes.plan.request import OPTIONS
    from lens_routes.travel.ways import way_called

    options = {option.parameter: option for _, option in OPTIONS}
    mode = way_called(asked["mode"])
    typed = {name for name, one in options.items() if asked[name] != one.unset} - {*defaults}
    idle = {
        name
        for name in {*defaults} & options.keys()
        if options[name].rival in typed or (options[name].modes and mode not in options[name].modes)
    }
    return {name: options[name].unset if name in idle else asked[name] for name in asked}


def request_of(
    asked: Mapping[str, Any], catalogue: Catalogue, now: dt.datetime, *, online: bool
) -> Request:
    """Return the request a person typed: *asked* are the options by their parameters.

    What is not said here means what it is written: a number, a word, yes or no.

    Raises
    ------
    UsageError
        An option makes no sense, or two contradict each other.
    NotFoundError
        A place or theme is not in the catalogue, or several answer to the words.
    """
    from lens_routes.catalogue.find.find import find
    from lens_routes.catalogue.themes import require_theme
    from lens_routes.plan.request import OPTIONS
    from lens_routes.planning.meals import usual_lunch, usual_rests
    from lens_routes.planning.request import Request
    from lens_routes.text.quantities.lengths import parse_duration
    from lens_routes.timetable.network.wishes import parse_mode, parse_preference
    from lens_routes.travel.foot.pace import parse_pace, with_company
    from lens_routes.travel.ways import way_called

    given = {one.parameter: asked[one.parameter] for _, one in OPTIONS}
    many = {one.parameter: given[one.parameter] or [] for _, one in OPTIONS if one.several}
    said = SimpleNamespace(**given | many)
    if said.end is not None and not said.loop:
        raise UsageError(
            tr("--end and --one-way contradict each other."), tr("Keep one of the two.")
        )

    if said.lunch is not None and said.no_lunch:
        raise UsageError(
            tr("--lunch and --no-lunch contradict each other."), tr("Keep one of the two.")
        )

    def places(words: Sequence[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(find(catalogue, one).id for one in words))

    day, begin = _when(now, said.date, said.at, several=said.days > 1)
    goal = start = resources.start_of(said.start, catalogue, online=online)
    if said.end is not None:
        goal = resources.locate(said.end, catalogue, online=online)
    minutes = _minutes(begin, said.duration, said.until)
    company = tuple(dict.fromkeys(map(_word, said.company)))
    pace_kmh = with_company(parse_pace(said.pace), company)
    usual: tuple[Pause, ...] = ()
    if said.lunch is None and not said.no_lunch:
        usual = usual_lunch(begin, minutes)
    if "children" in company:
        usual = (*usual, *usual_rests(begin, minutes))
    limits: dict[str, float | None] = {"max_walk_m": _limit(said.max_walk, "--max-walk")}
    if said.max_ride is not None:
        limits["max_ride_m"] = _limit(said.max_ride, "--max-ride")
        if said.max_walk == next(o.unset for _, o in OPTIONS if o.flag == "--max-walk"):
            limits["max_walk_m"] = None
    meant: dict[str, Any] = {
        "themes": tuple(dict.fromkeys(require_theme(catalogue, word) for word in said.theme)),
        "likes": _weights(catalogue, said.like),
        "start": start,
        "end": goal if said.loop else None,
        "date": day,
        "nights": tuple(resources.locate(one, catalogue, online=online) for one in said.night),
        "at": begin,
        "minutes": minutes,
        "pace_kmh": pace_kmh,
        "must": places(said.must),
        "avoid": places(said.avoid),
        "appointments": tuple(_appointment(text, catalogue, day) for text in said.appointment),
        "pauses": (*usual, *_pauses(said.lunch, said.pauses)),
        **limits,
        "speed_kmh": None if said.speed is None else _speed(said.speed),
        "at_most": _limits(catalogue, said.at_most),
        "company": company,
        "weather": None if said.weather is None else _word(said.weather),
        "visit_minutes": _visits(catalogue, said.visit),
        "margin_minutes": RELAXED_MINUTES if said.relaxed else 0,
        "min_transfer_minutes": None
        if said.min_transfer is None
        else parse_duration(said.min_transfer, "--min-transfer"),
        "mode": way_called(said.mode),
        "prefer": None if said.prefer is None else parse_preference(said.prefer).value,
        "avoid_modes": tuple(dict.fromkeys(parse_mode(word).value for word in said.avoid_mode)),
    }
    as_written = {name: given[option.parameter] for name, option in OPTIONS if name not in meant}
    return Request(**as_written, **meant)


def _limit(text: str, option: str) -> float | None:
    """Return the most metres of a day, None for no limit."""
    from lens_routes.text.quantities.lengths import parse_distance

    return None if text.strip().lower() == NO_LIMIT else parse_distance(text, option)


def _speed(text: str) -> float:
    """Return a speed on a bike, km/h, from ``15``, ``15 km/h`` or ``15,5``."""
    number = text.strip().lower().removesuffix("km/h").strip().replace(",", ".")
    try:
        return float(number)
    except ValueError:
        raise UsageError(
            tr("--speed {text} is no speed.", text=wording.quoted(text)),
            tr("Write km/h, such as 12."),
        ) from None


def _word(text: str) -> str:
    """Return the word of ``--with`` or ``--weather`` that is meant in either language."""
    return _IN_FRENCH.get(fold(text), text.strip().lower())


def _appointment(text: str, catalogue: Catalogue, today: dt.date) -> Appointment:
    from lens_routes.catalogue.find.find import find
    from lens_routes.planning.request import Appointment
    from lens_routes.text.quantities.moments import parse_moment

    words, when, option = _parted("--appointment", text, tr("when"), "culture-commune=14:00")
    date, clock = parse_moment(when, today, option, console.say)
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
    from lens_routes.text.quantities.clocks import minutes_between, parse_span
    from lens_routes.text.quantities.lengths import parse_duration

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


def _when(
    now: dt.datetime, date: str | None, at: str | None, *, several: bool
) -> tuple[dt.date, dt.time]:
    """Return the date, and when one sets out: on each of several days at the same time."""
    from lens_routes.text.quantities.clocks import parse_clock
    from lens_routes.text.quantities.dates import parse_date

    today, begin = now.date(), None if at is None else parse_clock(at, "--at")
    over = now.time() >= TOO_LATE if begin is None else begin < now.time()
    if date is None:
        late = now.time() >= TOO_LATE or (several and begin is None and now.time() > DEFAULT_AT)
        day = today + dt.timedelta(days=late)
    else:
        day = parse_date(date, today, "--date", console.say, over=over)
    if begin is None:
        begin = max(DEFAULT_AT, _next_quarter(now.time())) if day == today else DEFAULT_AT
    # A time that the clocks skip in spring becomes the one they show instead.
    moment = dt.datetime.combine(day, begin, now.tzinfo).astimezone(dt.UTC)
    return day, moment.astimezone(now.tzinfo).time()


def _next_quarter(time: dt.time) -> dt.time:
    """Return the next quarter of an hour, the last one of the day at the latest."""
    quarters = -(-(time.hour * 3600 + time.minute * 60 + time.second) // 900)
    return dt.time(*divmod(min(quarters * 15, 24 * 60 - 15), 60))


def _minutes(begin: dt.time, duration: str | None, until: str | None) -> int:
    from lens_routes.text.quantities.clocks import minutes_between, parse_clock
    from lens_routes.text.quantities.lengths import parse_duration

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


def _visits(catalogue: Catalogue, visits: Sequence[str]) -> dict[str, int]:
    from lens_routes.catalogue.find.find import find
    from lens_routes.text.quantities.lengths import parse_duration

    says = tr("how long"), "louvre-lens=90"
    parted = (_parted("--visit", text, *says) for text in visits)
    return {
        find(catalogue, words).id: parse_duration(stay, option) for words, stay, option in parted
    }


def _weights(catalogue: Catalogue, likes: Sequence[str]) -> dict[str, float]:
    from lens_routes.catalogue.themes import require_group

    found = {}
    for text in likes:
        words, factor, option = _parted("--like", text, tr("how much"), "museum=2")
        weight = _number(factor)
        if weight is None or weight > MOST_LIKED:
            raise UsageError(
                tr("{option} {text} is not a factor.", option=option, text=wording.quoted(factor)),
                tr("Write a number from 0 to {most}; 1 is as usual.", most=MOST_LIKED),
            )
        found[require_group(catalogue, words)] = weight
    return found


def _limits(catalogue: Catalogue, limits: Sequence[str]) -> dict[str, int]:
    from lens_routes.catalogue.themes import require_group

    found = {}
    for text in limits:
        words, count, option = _parted("--at-most", text, tr("how many"), "memorial=1")
        if not count.strip().isdecimal():
            raise UsageError(
                tr("{option} {text} is not a number.", option=option, text=wording.quoted(count)),
                tr("Write a whole number; 0 for none."),
            )
        found[require_group(catalogue, words)] = int(count)
    return found


def _number(text: str) -> float | None:
    """Return a number from 0 upwards, with point or comma; None for anything else."""
    found = re.fullmatch(r"\d{1,6}(?:[.,]\d{1,6})?", text.strip())
    return float(found[0].replace(",", ".")) if found else None


def _parted(option: str, text: str, what: str, example: str) -> tuple[str, str, str]:
    """Return what stands before and after the last ``=``, and how to name it in a message."""
    words, equals, value = text.rpartition("=")
    if not equals:
        raise UsageError(
            tr(
                "{option} {text} does not say {what}.",
                option=option,
                text=wording.quoted(text),
                what=what,
            ),
            tr("Write for example {example}.", example=example),
        )
    return words, value, f"{option} {words}"
