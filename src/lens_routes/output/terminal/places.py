"""Places and themes as lines of a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens_routes.output.shared import opening
from lens_routes.output.terminal.lines import CARE, GOOD, NAME, QUIET, Line, wrap
from lens_routes.text import wording
from lens_routes.text.language import tr, trn

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from lens_routes.catalogue.hours import DayOpening
    from lens_routes.catalogue.place import Place
    from lens_routes.catalogue.themes import ThemeCount
    from lens_routes.output.terminal.lines import Look

#: Columns of the names of facts.
LABEL = 11


def render_list(places: Sequence[Place], look: Look) -> Iterator[Line]:
    """Yield a list of places, two lines each: the name, then what and where and under which id.

    Who has another name for it is told that too; on the spot the signs bear the first.
    """
    for place in places:
        head = Line(place.name, NAME)
        if not place.tourable:
            head.append("  " + tr("not a stop of tours"), QUIET)
        yield from wrap(head, look)
        facts = [
            place.other_name,
            place.kind_name,
            place.commune,
            "★" * place.interest,
            place.id,
        ]
        yield from wrap(Line(" · ".join(fact for fact in facts if fact), QUIET), look, "  ")
    yield Line(trn("{n} place", "{n} places", len(places)), QUIET)


def render_place(
    place: Place,
    days: Sequence[tuple[DayOpening, tuple[dt.datetime, dt.datetime] | None]],
    look: Look,
) -> Iterator[Line]:
    """Yield all that is worth knowing of a place, with its opening on the days to come."""
    yield from wrap(Line(place.name, NAME), look)
    others = [place.name_en, *(text for _, text in place.names)]
    if told := [text for text in dict.fromkeys(others) if text and text != place.name]:
        yield from wrap(Line(" · ".join(told), QUIET), look)
    if place.description:
        yield from wrap(Line(place.description), look)
    yield Line()
    for label, value in facts_of(place):
        line = Line(f"{label:<{LABEL}} ", QUIET)
        line.append(value, "")
        yield from wrap(line, look, hang=" " * (LABEL + 1))
    yield Line()
    for day, light in days:
        line = Line(f"{wording.date(day.date):<28} ")
        line.append(*opening_of(place, day))
        if light and day.windows and place.opening_hours:
            begin, end = map(wording.clock, light)
            line.append("; " + tr("light from {begin} to {end}", begin=begin, end=end), QUIET)
        yield from wrap(line, look, hang=" " * 29)


def render_themes(counts: Sequence[ThemeCount], look: Look) -> Iterator[Line]:
    """Yield the themes in the catalogue's own order, with how many places bear each."""
    for count in counts:
        line = Line(f"{count.theme.id:<16} ", NAME)
        places = trn("{n} place", "{n} places", count.places)
        line.append(f"{places:>10}, ", "")
        line.append(tr("{n} for tours", n=f"{count.tourable:>3}") + "   ", "")
        names = dict.fromkeys((count.theme.en, count.theme.fr))
        line.append(" / ".join(names), QUIET)
        yield from wrap(line, look, hang=" " * 17)


def _word(value: str) -> str:
    """Return a value that few words describe, in words."""
    return {
        "free": tr("free"),
        "paid": tr("paid"),
        "unknown": tr("unknown"),
        "yes": tr("yes"),
        "limited": tr("limited"),
        "no": tr("no"),
        "planned": tr("planned"),
        "closed": tr("closed"),
    }.get(value, value)


def _clue(word: str) -> str:
    """Return in words what an interest was guessed from."""
    return {
        "tag": tr("what the map says it is"),
        "attraction": tr("called an attraction"),
        "name": tr("its name"),
        "rank": tr("its rank"),
        "wikidata": "Wikidata",
        "wikipedia": "Wikipedia",
        "heritage": tr("listed as heritage"),
        "languages": tr("named in other languages"),
        "website": tr("a website"),
        "hours": tr("opening hours"),
        "fee": tr("an entry fee"),
        "size": tr("its size"),
    }.get(word, word)


def _confidence(value: str) -> str:
    return {
        "high": tr("high confidence"),
        "medium": tr("medium confidence"),
        "low": tr("low confidence"),
    }.get(value, value)


def facts_of(place: Place) -> Iterator[tuple[str, str]]:
    """Yield what is known of a place, each fact with its name."""
    unesco = tr("UNESCO World Heritage") if place.unesco else ""
    visit = tr(
        "{duration}, interest {interest} of 5",
        duration=wording.duration(place.visit_minutes * 60),
        interest=place.interest,
    )
    picture = (place.image, place.image_credit, place.image_licence)
    for label, value in (
        (tr("id"), place.id),
        (tr("kind"), place.kind_name),
        (tr("themes"), ", ".join(place.theme_names)),
        (tr("where"), place.address or place.commune),
        (
            tr("position"),
            f"{place.lat:.5f}, {place.lon:.5f} ({_confidence(place.coord_confidence)})",
        ),
        (tr("visit"), visit),
        (tr("guessed"), ", ".join(map(_clue, place.guessed))),
        (tr("hours"), _hours(place)),
        (tr("booking"), place.booking),
        (tr("entry"), _entry(place)),
        (tr("wheelchair"), _word(place.wheelchair)),
        (tr("height"), f"{place.elevation_m:.0f} m" if place.elevation_m is not None else ""),
        (tr("heritage"), unesco),
        (tr("status"), _word(place.status) if place.status != "open" else ""),
        (tr("phone"), place.phone),
        (tr("website"), place.website),
        (tr("picture"), ", ".join(filter(None, picture))),
        (tr("parts"), ", ".join(place.parts)),
        (tr("notes"), place.remarks),
        (tr("source"), place.source),
        (tr("facts of"), wording.part_of_date(place.source_date) if place.source_date else ""),
        (tr("checked"), wording.short_date(place.checked) if place.checked else ""),
    ):
        if value:
            yield label, value


def _hours(place: Place) -> str:
    """Return when a place is open, as far as a line can say it."""
    told: list[str] = [tr("by appointment")] if place.by_appointment else []
    if place.opening_hours or not told:
        told.append(place.opening_hours or (tr("daylight") if place.outdoor else tr("unknown")))
    if place.seen_from_outside:
        told.append(tr("seen from outside at any time"))
    return wording.clauses(told)


def _entry(place: Place) -> str:
    """Return what entry costs, with the prices that are known."""
    told: list[str] = [_word(place.fee)]
    if place.price_eur:
        told.append(wording.price(place.price_eur, place.currency))
    if place.price_reduced_eur is not None:
        reduced = wording.price(place.price_reduced_eur, place.currency)
        told.append(tr("reduced {price}", price=reduced))
    return ", ".join(told)


def opening_of(place: Place, day: DayOpening) -> tuple[str, str]:
    """Return when a place is open on a day, and in which style that is said."""
    if not day.windows:
        return opening.on_day(place, day), QUIET
    return opening.on_day(place, day), GOOD if day.state.value == "open" else CARE
