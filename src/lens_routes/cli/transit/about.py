"""What an installed timetable holds, as people and scripts read it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from lens_routes.text import wording as words
from lens_routes.text.language import Said, said_in, tr, trn
from lens_routes.timetable.feeds.known import known_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lens_routes.timetable.network.timetable import Meta

_FAULTS_SHOWN = 10
_WEEKS_SHOWN = 8


def document(meta: Meta) -> dict[str, Any]:
    """Return what a timetable holds as JSON values (an item of ``lens-routes/transit/1``)."""
    days = (meta.first_day + dt.timedelta(days=n) for n in range(len(meta.days)))
    return {
        "name": meta.name,
        "source": meta.source,
        "built": meta.built,
        "program": meta.program,
        "bbox": list(meta.bbox) if meta.bbox else None,
        "first_day": meta.first_day.isoformat(),
        "last_day": meta.last_day.isoformat(),
        "timezones": list(meta.zones),
        "agencies": list(meta.agencies),
        "publisher": meta.publisher,
        "licence": feed.licence if (feed := known_at(meta.source)) else "",
        "version": meta.version,
        "stops": meta.stops,
        "routes": meta.routes,
        "trips": meta.trips,
        "services": {day.isoformat(): count for day, count in zip(days, meta.days, strict=True)},
        "faults": [
            {"file": file, "remedy": remedy, "count": count}
            for file, remedy, count in meta.mended_counts
        ],
        "mended": [
            {"file": f.file, "line": f.line, "reason": f.reason, "remedy": f.remedy}
            for f in meta.mended
        ],
    }


def about(meta: Meta, today: dt.date) -> Iterator[str]:
    """Yield what a timetable holds."""
    operator = ", ".join(meta.agencies) or meta.publisher or tr("no agency named")
    days = trn(
        "{first} to {last}, up to {n} run a day",
        "{first} to {last}, up to {n} runs a day",
        max(meta.days),
        first=words.short_date(meta.first_day),
        last=words.short_date(meta.last_day),
    )
    size = tr(
        "{stops} stops, {routes} lines, {trips} trips",
        stops=_count(meta.stops),
        routes=_count(meta.routes),
        trips=_count(meta.trips),
    )
    rows: list[tuple[str, str]] = [
        (tr("Timetable"), f"{meta.name}, {operator}"),
        (tr("Days"), days),
        (tr("Size"), size),
    ]
    if meta.bbox:
        rows.append((tr("Cut to"), ",".join(f"{side:g}" for side in meta.bbox)))
    rows.append((tr("Time zone"), ", ".join(meta.zones)))
    rows += _published(meta)
    source = tr("{source}, version {version}", source=meta.source, version=meta.version)
    rows.append((tr("Source"), source if meta.version else meta.source))
    built = tr("{time} by {program}", time=words.stamp(meta.built), program=meta.program)
    rows.append((tr("Built"), built))
    faults, *examples = _faults(meta)
    rows.append((tr("Faults"), faults))
    labels = [tr("{label}:", label=title) for title, _ in rows]
    width = max(map(len, labels)) + 2
    for label, (_, text) in zip(labels, rows, strict=True):
        yield f"{label:<{width}}{text}"
    for line in examples:
        yield " " * width + line
    yield from _calendar(meta, today)


def _published(meta: Meta) -> Iterator[tuple[str, str]]:
    """Yield the licence of a feed, and what is to be known of its price."""
    feed = known_at(meta.source)
    if feed is None:
        return
    told = feed.licence or tr("not read: see {page}", page=feed.page)
    yield tr("Licence"), told
    if feed.fare:
        yield tr("Fare"), feed.fare


def _count(number: int) -> Said:
    text = f"{number:,}"
    return said_in({"en": text, "fr": text.replace(",", "\N{NARROW NO-BREAK SPACE}")})


def _faults(meta: Meta) -> Iterator[str]:
    total = sum(count for _, _, count in meta.mended_counts)
    if not total:
        yield tr("none found")
        return
    yield trn("{n} mended", "{n} mended", total)
    for file, remedy, count in meta.mended_counts:
        yield trn(
            "{file}: {remedy}, once", "{file}: {remedy}, {n} times", count, file=file, remedy=remedy
        )
    yield from (fault.told() for fault in meta.mended[:_FAULTS_SHOWN])


def _calendar(meta: Meta, today: dt.date) -> Iterator[str]:
    """Yield the runs of each day, a week a line, from today on where the timetable still runs."""
    begin = max(meta.first_day, today) if today <= meta.last_day else meta.first_day
    begin -= dt.timedelta(days=begin.weekday())
    week = [begin + dt.timedelta(days=n) for n in range(7)]
    yield ""
    yield tr("Runs a day, by week from Monday to Sunday:")
    for number in range(_WEEKS_SHOWN):
        days = [day + dt.timedelta(weeks=number) for day in week]
        if days[0] > meta.last_day:
            return
        counts = (f"{meta.runs_on(day) or '-':>7}" for day in days)
        yield f"{words.short_date(days[0])}  {''.join(counts)}"
    if days[-1] < meta.last_day:
        yield tr("and so on, to {day}; every day is in --json", day=words.short_date(meta.last_day))
