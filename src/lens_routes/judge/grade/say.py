"""The grade of a tour as lines that a person reads, and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lens_routes.judge.grade.flagships import Why
from lens_routes.judge.grade.verdict import MOST_POINTS
from lens_routes.text import wording
from lens_routes.text.language import joined, marked, tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lens_routes.judge.grade.figures import Figures
    from lens_routes.judge.grade.grade import DayGrade, TourGrade
    from lens_routes.text.language import Said

_GRADES = {
    "excellent": marked("excellent"),
    "good": marked("good"),
    "fair": marked("fair"),
    "poor": marked("poor"),
}
_WHY = {
    Why.FITS: marked("had room"),
    Why.CLOSED: marked("closed"),
    Why.NO_ROOM: marked("no room"),
    Why.UNKNOWN: marked("too far on foot"),
}


def lines(tour: TourGrade) -> Iterator[Said]:
    """Yield the lines that tell a person how good a tour is, and by what rule."""
    for day in tour.days:
        yield tr(
            "{date}: {grade}, {points} of {most}",
            date=wording.sentence(wording.date(day.date)),
            grade=tr(_GRADES[day.grade]),
            points=day.points,
            most=MOST_POINTS,
        )
        for objection in day.objections:
            yield tr("  -{points}  {reason}", points=objection.points, reason=objection.said)
        yield from (joined("", ("  ", line)) for line in _figures(day))
    yield tr(
        "Of ten points each objection takes some: nine are excellent, seven good, five fair."
        " A tour is as good as its poorest day."
    )


def _figures(day: DayGrade) -> Iterator[Said]:
    figures = day.figures
    yield tr(
        "Visits {visits}, on the way {way}, waiting {waiting}, breaks {breaks}",
        visits=wording.percent(figures.share(figures.visit_s), 0),
        way=wording.percent(figures.share(figures.way_s), 0),
        waiting=wording.percent(figures.share(figures.wait_s), 0),
        breaks=wording.percent(figures.share(figures.break_s), 0),
    )
    yield _roads(figures)
    if day.best is not None:
        yield tr(
            "{walked} on foot, the shortest order {best}",
            walked=wording.distance(figures.walk_m),
            best=_known(wording.distance(day.best.walk_m), known=day.best.known),
        )
    if figures.meals:
        meals = [
            tr("{meal} at {time}", meal=meal.name, time=wording.clock(meal.begin))
            for meal in figures.meals
        ]
        yield tr("Meals: {meals}", meals=joined(", ", meals))
    if day.flagships:
        names = joined(", ", [place.name for place in day.flagships])
        yield tr("Worth the journey: {places}", places=names)
    for why, sentence in _WHY.items():
        if names_out := [item.place.name for item in day.missing if item.why is why]:
            yield tr(
                "Worth the journey, not in it ({reason}): {places}",
                reason=tr(sentence),
                places=joined(", ", names_out),
            )
    for slack in (figures.least_slack, figures.least_at_train):
        if slack is not None:
            yield tr(
                "Least time in hand: {time}, {place}",
                time=wording.duration(60 * slack.minutes),
                place=slack.before,
            )


def _roads(figures: Figures) -> Said:
    dark = wording.duration(figures.dark_s + figures.dark_visits_s)
    if figures.main_road_s is None:
        return tr("In the dark {dark}; along main roads: not known", dark=dark)
    along = _known(wording.duration(figures.main_road_s), known=not figures.untold_m)
    return tr("In the dark {dark}, along main roads {roads}", dark=dark, roads=along)


def _known(figure: Said, *, known: bool) -> Said:
    return figure if known else tr("about {figure}", figure=figure)


def to_document(tour: TourGrade) -> dict[str, Any]:
    """Return the grade of a tour as JSON values: seconds, metres, points."""
    return {
        "grade": tour.grade,
        "points": tour.points,
        "of": MOST_POINTS,
        "days": [_day(day) for day in tour.days],
    }


def _day(day: DayGrade) -> dict[str, Any]:
    figures = day.figures
    slack, train = figures.least_slack, figures.least_at_train
    return {
        "date": day.date.isoformat(),
        "grade": day.grade,
        "points": day.points,
        "objections": [
            {"code": item.code, "points": item.points, "reason": item.said}
            for item in day.objections
        ],
        "lasts_s": round(figures.lasts_s),
        "visit_s": round(figures.visit_s),
        "way_s": round(figures.way_s),
        "wait_s": round(figures.wait_s),
        "break_s": round(figures.break_s),
        "unused_s": _rounded(figures.unused_s),
        "dark_s": round(figures.dark_s),
        "dark_visits_s": round(figures.dark_visits_s),
        "main_road_s": _rounded(figures.main_road_s),
        "walk_m": round(figures.walk_m, 1),
        "best_walk_m": None if day.best is None else round(day.best.walk_m, 1),
        "best_walk_known": None if day.best is None else day.best.known,
        "meals": [
            {
                "name": meal.name,
                "begin": meal.begin.isoformat(),
                "lasts_s": round(meal.lasts_s),
                "first": meal.first,
                "last": meal.last,
            }
            for meal in figures.meals
        ],
        "flagships": [place.id for place in day.flagships],
        "missing": [{"place": item.place.id, "why": item.why.value} for item in day.missing],
        "least_slack_minutes": None if slack is None else slack.minutes,
        "least_minutes_before_a_ride": None if train is None else round(train.minutes, 1),
    }


def _rounded(seconds: float | None) -> int | None:
    return None if seconds is None else round(seconds)
