"""What stands in a roadbook: a plan as the words, maps and codes that the template sets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lens_routes.output.roadbook import codes, ways
from lens_routes.output.roadbook.layout import cover_for
from lens_routes.output.roadbook.practical import practical
from lens_routes.output.roadbook.sections import code_of, opening, sections
from lens_routes.output.roadbook.strips import day_marks, legend, overview
from lens_routes.output.roadbook.typography import set_name, set_words
from lens_routes.output.shared import caption, summary
from lens_routes.output.shared.map_links import geo_uri, openstreetmap
from lens_routes.text import wording
from lens_routes.text.language import in_use, joined, tr, trn

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lens_routes.output.roadbook.sections import Setting
    from lens_routes.plan.plan import Day, Plan


def contents(plan: Plan, setting: Setting) -> dict[str, Any]:
    """Return what the template reads: JSON values, every text set for print."""
    days = plan.days
    first = days[0]
    remarks = [*plan.warnings]
    if len(days) > 1:
        remarks.append(tr("On the map, 2.3 is the third stop of the second day."))
    if caption.untraced(plan):
        remarks.insert(0, ways.untraced_remark())
    rows = list(_timetable(first)) if len(days) == 1 else []
    box = list(practical(plan, setting.places))
    cover = cover_for(setting.layout, rows, len(box))
    name = _name(plan)
    overall = overview(days, cover.map_height, setting.layout, setting.surroundings)
    return {
        "lang": in_use(),
        "layout": setting.layout.as_values(),
        "cover_table": cover.table,
        "title": set_words(caption.title(plan)),
        "name": set_words(name),
        "footer": set_words(joined(" · ", [name, *filter(None, [overall.credit])])),
        "dates": set_words(_dates(days)),
        "program": set_words(plan.program),
        "words": _words(),
        "figures": [set_words(text) for text in _figures(days)],
        "ends": set_words(caption.ends(first)) if len(days) == 1 else "",
        "map": overall.as_values(),
        "legend": legend(days),
        "practical": [[set_words(name), set_words(words)] for name, words in box],
        "start": {
            "qr": codes.qr_svg(geo_uri(*first.start.point)),
            "link": openstreetmap(*first.start.point),
            "alt": set_words(code_of(first.start.name)),
            "words": set_words(tr("Scan to find the start: {place}", place=first.start.name)),
        },
        "days": [_day(day, number, len(days), setting) for number, day in enumerate(days, 1)],
        "remarks": [set_words(text) for text in remarks],
        "credits": set_words(caption.attribution(plan)),
    }


def _name(plan: Plan) -> str:
    """Return what the tour is called, its dates apart."""
    return caption.tour(caption.themes(plan))


def _dates(days: Sequence[Day]) -> str:
    first, last = (wording.date(day.date) for day in (days[0], days[-1]))
    if first == last:
        return wording.sentence(first)
    return wording.sentence(tr("{first} to {last}", first=first, last=last))


def _words() -> dict[str, str]:
    words = {
        "time": tr("Time"),
        "stop": tr("Stop"),
        "stay": tr("Stay"),
        "timetable": tr("Timetable"),
        "practical": tr("Practical"),
        "credits": tr("Credits"),
    }
    return {key: set_words(text) for key, text in words.items()}


def _figures(days: Sequence[Day]) -> list[str]:
    """Return what the days come to: visits, walks, rides, climb, cost."""
    visits = tr(
        "{visits} ({duration})",
        visits=trn("{n} visit", "{n} visits", sum(caption.visits(day) for day in days)),
        duration=wording.duration(sum(day.totals.visit_s for day in days)),
    )
    return [visits, *summary.moved(days), *summary.entry(days)]


def _day(day: Day, number: int, days: int, setting: Setting) -> dict[str, Any]:
    heading = wording.sentence(wording.date(day.date))
    if days > 1:
        heading = tr("Day {n}: {date}", n=number, date=wording.date(day.date))
    return {
        "heading": set_words(heading) if days > 1 else "",
        "line": set_words(caption.ends(day)) if days > 1 else "",
        "figures": [set_words(text) for text in _figures([day])] if days > 1 else [],
        "timetable": list(_timetable(day)),
        "sections": list(sections(day, setting)),
    }


def _timetable(day: Day) -> Iterator[dict[str, Any]]:
    yield _row(wording.clock(day.start_time), "start", day.start.name)
    for leg, (number, stop) in zip(day.legs, caption.numbered(day), strict=False):
        if caption.moves(leg):
            yield {"way": set_words(ways.summary(leg))}
        sign = "break" if number is None else str(number)
        row = _row(wording.clock(stop.begin), sign, stop.name)
        row["stay"] = set_words(wording.between(stop.begin, stop.leave))
        if stop.kind == "visit":
            row["note"] = set_words(opening(stop))
        yield row
    if caption.moves(day.legs[-1]):
        yield {"way": set_words(ways.summary(day.legs[-1]))}
    yield _row(wording.clock(day.end_time), day_marks(day)[-1].text, day.end.name)


def _row(clock: str, sign: str, name: str) -> dict[str, Any]:
    return {"time": clock, "sign": sign, "name": set_name(name), "note": "", "stay": ""}
