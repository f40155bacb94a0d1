"""Places and themes as lines of a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from lens_routes import wording
from lens_routes.language import trn
from lens_routes.output.terminal import CARE, GOOD, NAME, QUIET, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lens_routes.catalogue.hours import DayOpening
    from lens_routes.catalogue.place import Place
    from lens_routes.catalogue.themes import ThemeCount
    from lens_routes.output.terminal import Look


def render_list(places: Sequence[Place], look: Look) -> Iterator[Text]:
    """Yield a list of places, two lines each: the name, then what and where and under which id."""
    for place in places:
        head = Text(place.name, NAME)
        if not place.tourable:
            head.append("  not a stop of tours", QUIET)
        yield from wrap(head, look)
        facts = [_kind(place), place.commune, "★" * place.interest, place.id]
        yield from wrap(Text(" · ".join(fact for fact in facts if fact), QUIET), look, "  ")
    yield Text(trn("{n} place", "{n} places", len(places)), QUIET)


def render_place(place: Place, days: Sequence[DayOpening], look: Look) -> Iterator[Text]:
    """Yield all that is worth knowing of a place, with its opening on the days to come."""
    yield from wrap(Text(place.name, NAME), look)
    if place.name_en and place.name_en != place.name:
        yield from wrap(Text(place.name_en, QUIET), look)
    yield from wrap(Text(place.description_en or place.description_fr), look)
    yield Text()
    for label, value in _facts(place):
        line = Text(f"{label:<11} ", QUIET)
        line.append(value, "")
        yield from wrap(line, look, hang=" " * 12)
    yield Text()
    for day in days:
        line = Text(f"{wording.date(day.date):<28} ")
        line.append(*_opening(place, day))
        yield from wrap(line, look, hang=" " * 29)


def render_themes(counts: Sequence[ThemeCount], look: Look) -> Iterator[Text]:
    """Yield the themes in the catalogue's own order, with how many places bear each."""
    for count in counts:
        line = Text(f"{count.theme.id:<16} ", NAME)
        places = trn("{n} place", "{n} places", count.places)
        line.append(f"{places:>10}, {count.tourable:>3} for tours   ", "")
        names = dict.fromkeys((count.theme.en, count.theme.fr))
        line.append(" / ".join(names), QUIET)
        yield from wrap(line, look, hang=" " * 17)


def _kind(place: Place) -> str:
    return place.kind.replace("_", " ").replace("-", " ")


def _facts(place: Place) -> Iterator[tuple[str, str]]:
    hours = place.opening_hours or ("daylight" if place.outdoor else "unknown")
    unesco = "component of the UNESCO mining heritage" if place.unesco else ""
    for label, value in (
        ("id", place.id),
        ("kind", _kind(place)),
        ("themes", ", ".join(wording.theme(theme) for theme in place.themes)),
        ("where", place.address or place.commune),
        ("position", f"{place.lat:.5f}, {place.lon:.5f} ({place.coord_confidence} confidence)"),
        ("visit", f"{wording.duration(place.visit_minutes * 60)}, interest {place.interest} of 5"),
        ("hours", hours),
        ("entry", place.fee),
        ("wheelchair", place.wheelchair),
        ("height", f"{place.elevation_m:.0f} m" if place.elevation_m is not None else ""),
        ("heritage", unesco),
        ("status", place.status if place.status != "open" else ""),
        ("phone", place.phone),
        ("website", place.website),
        ("notes", place.notes),
        ("source", place.source),
        ("checked", place.checked.isoformat() if place.checked else ""),
    ):
        if value:
            yield label, value


def _opening(place: Place, day: DayOpening) -> tuple[str, str]:
    if not day.windows:
        return day.note or "closed", QUIET
    style = GOOD if day.state.value == "open" else CARE
    if not place.opening_hours:
        return day.note, style
    spans = []
    for span in day.windows:
        doubt = "" if span.state.value == "open" else " perhaps"
        remark = f" ({span.comment})" if span.comment else ""
        spans.append(f"{wording.clock(span.begin)} to {wording.clock(span.end)}{doubt}{remark}")
    return ", ".join(spans), style
