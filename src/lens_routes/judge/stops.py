"""Check the stops of a day: opening hours, length of visits, breaks, and what is noted of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lens_routes.judge.asked import (
    ROUNDING_S,
    SAME_POSITION,
    looked_at,
    moment_of,
    seconds_between,
)
from lens_routes.judge.shape import Fault
from lens_routes.text import wording
from lens_routes.text.language import LANGUAGES, tr

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence

    from lens_routes.catalogue.hours import Span
    from lens_routes.catalogue.place import Place
    from lens_routes.judge.asked import Asked
    from lens_routes.text.language import Said

#: What stands for the figure of a note while its words are looked for.
_FIGURE = "\0"
#: What serves a visitor and is no sight.
SERVICES = {"station", "tourist_office"}


def check_stop(stop: Mapping[str, Any], path: str, asked: Asked) -> Iterator[Fault]:
    """Yield every fault of a visit; `check_breaks` looks at breaks."""
    place = asked.places.get(stop["place"])
    if stop["kind"] != "visit" or place is None:
        return
    yield from _check_length(stop, path, place, asked)
    yield from _check_notes(stop, path, place, asked)
    yield from _check_choice(stop, path, place, asked)
    if (fixed := asked.appointments.get(place.id)) is not None:
        if moment_of(stop["begin"]) != fixed:
            due = tr("the appointment is at {time}", time=wording.clock(fixed))
            yield Fault(f"{path}.begin", due)
        return
    if place.status != "open":
        shut = tr("{place} is {status}, not open to visitors", place=place.id, status=place.status)
        yield Fault(f"{path}.place", shut)
    yield from _check_opening(stop, path, place, asked)


def _check_choice(
    stop: Mapping[str, Any], path: str, place: Place, asked: Asked
) -> Iterator[Fault]:
    """Check that a place nobody named is one that is stopped at unasked."""
    off_theme = place.id not in asked.required and bool(
        asked.themes and not asked.themes & set(place.themes)
    )
    if off_theme and asked.only_themes:
        other = tr("{place} bears none of the themes asked for", place=place.id)
        yield Fault(f"{path}.place", other)
    if bool(stop.get("off_theme")) != off_theme:
        due = tr("should be {due}", due=str(off_theme).lower())
        yield Fault(f"{path}.off_theme", due)
    if place.id in asked.named:
        return
    for reason in unsuited(place, asked):
        yield Fault(f"{path}.place", reason)


def unsuited(place: Place, asked: Asked) -> Iterator[Said]:
    """Yield why a place is not for whoever asked, unless named."""
    if not place.tourable or place.kind in SERVICES:
        yield tr("{place} is not a place a tour may stop at", place=place.id)
    if asked.indoor and looked_at(place).outdoor:
        yield tr("{place} has no roof", place=place.id)
    if "wheelchair" in asked.company and place.wheelchair not in {"yes", "limited"}:
        yield tr("{place} is not known to be accessible by wheelchair", place=place.id)
    if place.by_appointment:
        yield tr("{place} is open by appointment only, and was not asked for", place=place.id)


def _check_opening(
    stop: Mapping[str, Any], path: str, place: Place, asked: Asked
) -> Iterator[Fault]:
    begin, leave = moment_of(stop["begin"]), moment_of(stop["leave"])
    there = looked_at(place)
    spans = covering(asked.opening(there, asked.date).windows, begin, leave)
    if spans and not covering(asked.windows(place), begin, leave):
        yield Fault(f"{path}.begin", _too_early_or_late(there, spans, asked))
        return
    if not spans:
        shut = tr(
            "{place} is not open all of {begin}-{end}",
            place=place.id,
            begin=wording.clock(begin),
            end=wording.clock(leave),
        )
        yield Fault(f"{path}.begin", shut)
        return
    where = f"{path}.opening"
    unknown = any(span.state != "open" for span in spans)
    if unknown and stop["opening"] == "open":
        yield Fault(where, tr("the hours of {place} are not known to be open then", place=place.id))
    if not unknown and stop["opening"] != "open":
        yield Fault(where, tr("{place} is open then", place=place.id))
    if unknown and asked.strict_hours:
        yield Fault(where, tr("{place} has unknown hours, which were not wanted", place=place.id))
    yield from _check_hours(stop, path, spans)


def _too_early_or_late(place: Place, spans: Sequence[Span], asked: Asked) -> Said:
    """Return why nobody is sent to a place at an hour at which it may be open."""
    if asked.weather == "heat" and place.outdoor:
        return tr("{place} is outdoors, and it is dark or hot then", place=place.id)
    if all(span.state == "open" for span in spans):
        return tr("{place} is outdoors, and it is dark then", place=place.id)
    return tr("the hours of {place} are unknown, and it is early or late then", place=place.id)


def _check_hours(stop: Mapping[str, Any], path: str, spans: Sequence[Span]) -> Iterator[Fault]:
    """Check that hours told from when to when are those of the catalogue."""
    told = stop.get("hours") or ""
    due = [(wording.clock(span.begin), wording.clock(span.end)) for span in spans]
    for language in LANGUAGES:
        sentence = tr("open {begin} to {end}", begin=_FIGURE, end=_FIGURE).in_language(language)
        before, between, _ = sentence.split(_FIGURE)
        if told.startswith(before) and between in told:
            begin, _, rest = told[len(before) :].partition(between)
            times = len("00:00")
            if _is_clock(begin) and _is_clock(rest[:times]) and (begin, rest[:times]) not in due:
                wrong = tr("{told} is not when it is open", told=told)
                yield Fault(f"{path}.hours", wrong)
                return


def _is_clock(text: str) -> bool:
    return len(text) == 5 and text[2] == ":" and (text[:2] + text[3:]).isdigit()


def _check_length(
    stop: Mapping[str, Any], path: str, place: Place, asked: Asked
) -> Iterator[Fault]:
    due = least = asked.visit_minutes.get(place.id, place.visit_minutes)
    if place.visit_minutes_min is not None and place.id not in asked.visit_minutes:
        least = place.visit_minutes_min
    lasts_s = seconds_between(stop["begin"], stop["leave"])
    if not 60 * least - ROUNDING_S <= lasts_s <= 60 * due + ROUNDING_S:
        wrong = tr(
            "the visit lasts {minutes} min, not {due}",
            minutes=f"{lasts_s / 60:.0f}",
            due=due,
        )
        yield Fault(f"{path}.leave", wrong)


def _check_notes(stop: Mapping[str, Any], path: str, place: Place, asked: Asked) -> Iterator[Fault]:
    """Check the figures of notes in the program's own words, in any language; others are free."""
    better = wording.duration(60 * asked.visit_minutes.get(place.id, place.visit_minutes))
    price = place.price_eur or 0.0
    due = (
        (tr("Entry {price}.", price=_FIGURE), wording.price(price, place.currency)),
        (tr("A short visit: {time} would be better.", time=_FIGURE), better),
    )
    for i, note in enumerate(stop["notes"]):
        for sentence, figure in due:
            for language in LANGUAGES:
                before, after = sentence.in_language(language).split(_FIGURE)
                said = note.startswith(before) and note.endswith(after)
                told = note[len(before) : len(note) - len(after)]
                # A sentence that is not translated says its figure in the other language.
                figures = [figure.in_language(other) for other in LANGUAGES]
                if said and told not in figures and _has_digit(told):
                    wrong = tr("{told} should be {due}", told=told, due=figure)
                    yield Fault(f"{path}.notes[{i}]", wrong)


def _has_digit(text: str) -> bool:
    return any(character.isdigit() for character in text)


def check_breaks(day: Mapping[str, Any], path: str, asked: Asked) -> Iterator[Fault]:
    """Yield the breaks that were asked for and are not taken as they were, and others."""
    taken = [stop["name"] for stop in day["stops"] if stop["kind"] == "break"]
    for name in asked.breaks:
        if taken.count(name) != 1:
            times = tr("the break {name} is taken {n} times", name=name, n=taken.count(name))
            yield Fault(f"{path}.stops", times)
    if day["stops"] and (last := day["stops"][-1])["kind"] == "break":
        pause = asked.breaks.get(last["name"])
        if pause is not None and pause.meal:
            ends = tr("nothing follows the meal {name}", name=last["name"])
            yield Fault(f"{path}.stops", ends)
    before = [day["start"], *day["stops"]]
    for i, stop in enumerate(day["stops"]):
        if stop["kind"] == "break":
            around = (day["start"], before[i])
            yield from _check_break(stop, around, f"{path}.stops[{i}]", asked)


def _check_break(
    stop: Mapping[str, Any], around: Sequence[Mapping[str, Any]], path: str, asked: Asked
) -> Iterator[Fault]:
    """Check a break; *around* are the places where it may be taken."""
    if stop["place"] is not None:
        yield Fault(f"{path}.place", tr("a break is at no place of the catalogue"))
    for field in ("place_kind", "kind_name", "entry_eur", "off_theme"):
        if stop.get(field):
            yield Fault(f"{path}.{field}", tr("a break is at no place of the catalogue"))
    if stop["score"]:
        yield Fault(f"{path}.score", tr("a break counts nothing"))
    if not any(
        abs(stop["lon"] - at["lon"]) + abs(stop["lat"] - at["lat"]) < SAME_POSITION for at in around
    ):
        yield Fault(f"{path}.lon", tr("the break is neither where one is nor at the start"))
    pause = asked.breaks.get(stop["name"])
    if pause is None:
        none = tr("no break {name} was asked for", name=wording.quoted(str(stop["name"])))
        yield Fault(f"{path}.name", none)
        return
    if not pause.earliest <= moment_of(stop["begin"]) <= pause.latest:
        outside = tr(
            "is not between {begin} and {end}",
            begin=wording.clock(pause.earliest),
            end=wording.clock(pause.latest),
        )
        yield Fault(f"{path}.begin", outside)
    lasts_s = seconds_between(stop["begin"], stop["leave"])
    if abs(lasts_s - 60 * pause.minutes) > ROUNDING_S:
        due = tr("the break does not last {minutes} min", minutes=f"{pause.minutes:g}")
        yield Fault(f"{path}.leave", due)


def covering(windows: Sequence[Span], begin: dt.datetime, leave: dt.datetime) -> list[Span]:
    """Return the spans that together cover a visit; none when there is a gap."""
    found: list[Span] = []
    clock = begin
    for span in sorted(windows, key=lambda span: span.begin):
        if span.begin <= clock < span.end or (clock == leave and span.end == leave and not found):
            found.append(span)
            clock = min(span.end, leave)
            if clock == leave:
                return found
    return []
