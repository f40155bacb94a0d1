"""Say what a person would object to in a day, and the grade that leaves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lens_routes.judge.grade.flagships import Why
from lens_routes.text import wording
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lens_routes.judge.grade.figures import Figures
    from lens_routes.judge.grade.flagships import Missing
    from lens_routes.judge.grade.visits import Visits
    from lens_routes.text.language import Said

#: What a day without a fault has.
MOST_POINTS = 10
#: In so many hours one sees something of great interest, or of that interest.
FEW_HOURS, GREAT = 4.0, 4
#: From how many points on a day has a grade, best first.
GRADES = ((9, "excellent"), (7, "good"), (5, "fair"), (0, "poor"))


@dataclass(frozen=True, slots=True)
class Objection:
    """Something a person would not thank anybody for, and the points it costs."""

    code: str
    points: int
    said: Said


def objections(
    figures: Figures, visits: Visits, missing: Sequence[Missing], detour_m: float | None
) -> Iterator[Objection]:
    """Yield what a person would object to, the gravest first."""
    if not visits.count:
        yield Objection("nothing", MOST_POINTS, tr("nothing is visited"))
        return
    for item in missing:
        if item.why is Why.FITS:
            left = tr("{place} is left out, and had room", place=item.place.name)
            yield Objection("flagship", 3, left)
    if not visits.matching:
        yield Objection("theme", 3, tr("nothing of the themes asked for"))
    yield from _of_sights(visits, figures)
    yield from _of_filler(visits)
    yield from _of_meals(figures)
    yield from _of_light(figures)
    yield from _of_time(figures)
    for place in visits.cut:
        yield Objection("hurried", 1, tr("{place} is cut short", place=place.name))
    if detour_m is not None and detour_m > max(1000.0, 0.2 * figures.walk_m):
        longer = tr("{distance} of detour", distance=wording.distance(detour_m))
        yield Objection("detour", 1, longer)


def _of_sights(visits: Visits, figures: Figures) -> Iterator[Objection]:
    """Yield that little is seen for a day of so many hours, or nothing that children like."""
    hours = (figures.lasts_s + (figures.unused_s or 0.0)) / 3600
    if hours >= FEW_HOURS and visits.greatest < GREAT:
        points = 1 if visits.greatest == GREAT - 1 else 2
        yield Objection("modest", points, tr("nothing of great interest is seen"))
    if not visits.family:
        yield Objection("children", 2, tr("nothing is made for families"))


def _of_filler(visits: Visits) -> Iterator[Objection]:
    for place in visits.services:
        service = tr("{place} is of use, but no sight", place=place.name)
        yield Objection("filler", 2, service)
    for place in visits.unasked:
        unasked = tr("{place} opens by appointment only", place=place.name)
        yield Objection("filler", 2, unasked)
    for place, added_s in visits.aside.items():
        time = wording.duration(added_s)
        outside = tr("{place}: seen from outside, {time} of detour", place=place.name, time=time)
        yield Objection("filler", 1, outside)


def _of_meals(figures: Figures) -> Iterator[Objection]:
    if figures.lunch_due and not figures.meals:
        yield Objection("lunch", 2, tr("no lunch from noon to two"))
    if any(meal.first for meal in figures.meals):
        yield Objection("lone-meal", 1, tr("the meal is the first thing"))
    if any(meal.last for meal in figures.meals):
        yield Objection("lone-meal", 1, tr("the meal is the last thing"))


def _of_light(figures: Figures) -> Iterator[Objection]:
    if figures.dark_visits_s > 5 * 60:
        dark = tr("{time} outdoors in the dark", time=wording.duration(figures.dark_visits_s))
        yield Objection("dark-visit", 2, dark)
    if figures.dark_s > 10 * 60 and not figures.begins_in_dark:
        walked = tr("{time} of walking in the dark", time=wording.duration(figures.dark_s))
        yield Objection("dark", 2 if figures.dark_s > 40 * 60 else 1, walked)


def _of_time(figures: Figures) -> Iterator[Objection]:
    way = figures.share(figures.way_s)
    if way > 0.4:
        said = tr("{share} of the time on the way", share=wording.percent(way, 0))
        yield Objection("way", 2 if way > 0.6 else 1, said)
    if figures.long_wait_s > 20 * 60:
        said = tr("{time} of waiting", time=wording.duration(figures.wait_s))
        yield Objection("waiting", 2 if figures.long_wait_s > 60 * 60 else 1, said)
    if figures.unused_s is not None and figures.unused_s > max(
        3600.0, (figures.lasts_s + figures.unused_s) / 3
    ):
        said = tr("{time} of the hours are left over", time=wording.duration(figures.unused_s))
        yield Objection("unused", 1, said)
    train = figures.least_at_train
    if train is not None and train.minutes < 5:
        said = tr(
            "{time} in hand before {train}",
            time=wording.duration(60 * train.minutes),
            train=train.before,
        )
        yield Objection("tight", 1, said)


def grade_of(points: int) -> str:
    """Return the grade of so many points."""
    return next(grade for least, grade in GRADES if points >= least)
