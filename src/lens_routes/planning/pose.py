"""Pose a request as the planner's problem: places become sites, points locations, times seconds."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from lens_routes.catalogue import hours
from lens_routes.planning.in_hand import InHand
from lens_routes.planning.qualify.occasion import prices
from lens_routes.planning.qualify.worth import BASE, FLAGSHIP, hurried_worth
from lens_routes.tour.problem import Break, Day, Option, Problem, Site
from lens_routes.tour.reasons.feasible import is_worth_going

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from lens_routes.geo import Point
    from lens_routes.planning.clock import TourClock
    from lens_routes.planning.qualify.qualify import Candidate, Qualified
    from lens_routes.planning.request import Pause, Request
    from lens_routes.planning.travel.travel import Travel
    from lens_routes.tour.problem import Window

#: What a flagship counts for beyond its worth when days are compared, at its preferred length and
#: at a shorter one: more than all the rest of the longest journey is worth. One more flagship
#: comes before the length of any, and that before everything else. No greater than that takes:
#: the proof steps its prices in proportion. Who has two hours for the museum gets more of a day
#: than by two monuments: a flagship counts once for each hour begun of its visit, and as much as
#: its themes are liked, within bounds.
FLAGSHIP_BONUS = (1_100.0, 1_000.0)
MOST_LIKED = 4.0


class Posed(NamedTuple):
    """A request as the planner's problem, and the places its sites stand for.

    ``problem`` is to be solved. ``told`` is what reasons are given in: its limits, in the scores
    and times that were asked for. ``loose`` is the problem asked with nothing kept in hand at the
    visits: tours are timed in it.
    """

    request: Request
    qualified: Qualified
    clock: TourClock
    problem: Problem
    told: Problem
    loose: Problem


def pose(
    request: Request,
    qualified: Qualified,
    travel: Travel,
    clock: TourClock,
    hand: InHand,
    change: Callable[[Problem], Problem],
) -> Posed:
    """Return a request as the planner's problem.

    *change* makes the problem another one before it is solved, for tours other than the best;
    times and scores are stated in the terms of the request all the same.
    """
    candidates = qualified.candidates
    asked = _worth_the_journey(_problem(request, candidates, travel, clock, hand))
    loose = _problem(request, candidates, travel, clock, InHand()) if hand.before_s else asked
    problem = change(asked)
    told = replace(
        problem,
        sites=asked.sites,
        days=asked.days,
        travel=asked.travel,
        returns=asked.returns,
    )
    return Posed(request, qualified, clock, problem, told, loose)


def without(places: frozenset[str]) -> Callable[[Problem], Problem]:
    """Return the change that closes some places."""

    def change(problem: Problem) -> Problem:
        if not places:
            return problem
        sites = tuple(
            replace(site, windows=(), shorter=()) if site.id in places else site
            for site in problem.sites
        )
        return replace(problem, sites=sites)

    return change


def _problem(
    request: Request,
    candidates: Sequence[Candidate],
    travel: Travel,
    clock: TourClock,
    hand: InHand,
) -> Problem:
    """Return the planner's problem.

    With a firm margin every visit has to begin, and every day to end, that much before it must:
    whoever is late by the margin is then late everywhere and nowhere too late.
    """
    start = len(candidates)
    return Problem(
        sites=tuple(_site(candidate, clock, hand) for candidate in candidates),
        days=tuple(
            _day(number, start, request, clock, hand.firm_s) for number in range(request.days)
        ),
        travel=travel.times,
        must=request.required,
        breaks=tuple(
            Break(
                id=break_id(pause, number),
                duration_s=60 * pause.minutes,
                window=(
                    clock.at(date, pause.earliest),
                    clock.at(date, pause.latest) - hand.firm_s,
                ),
                day=number,
                after=pause.meal,
            )
            for number, date in enumerate(request.dates)
            for pause in request.pauses
        ),
        max_visits=request.max_visits,
        max_walk_m=request.most_m,
        walk_m=travel.walk_m,
        max_cost=None if request.budget_eur is None else round(100 * request.budget_eur),
        cost=tuple(round(100 * (candidate.place.price_eur or 0)) for candidate in candidates),
        returns=request.returns,
        limits=tuple(_limit(name, most, candidates) for name, most in request.at_most.items()),
        prices=prices(request),
        main_s=travel.main_s,
        light=tuple(
            _light(date, request.anchors[request.ends_of(number)[0]].point, clock)
            for number, date in enumerate(request.dates)
        ),
    )


def _worth_the_journey(problem: Problem) -> Problem:
    """Return the problem in which no flagship counts as one that a day is not worth going for."""
    sites = tuple(
        replace(site, bonus=0.0, shorter=tuple(one._replace(bonus=0.0) for one in site.shorter))
        if site.bonus and not is_worth_going(problem, number)
        else site
        for number, site in enumerate(problem.sites)
    )
    return replace(problem, sites=sites)


def _limit(name: str, most: int, candidates: Sequence[Candidate]) -> tuple[frozenset[int], int]:
    """Return the numbers of the sites of a kind or a theme, and how many of them are enough."""
    of_it = (name in {c.place.kind, *c.place.themes} for c in candidates)
    return frozenset(number for number, found in enumerate(of_it) if found), most


def _light(date: dt.date, point: Point, clock: TourClock) -> Window:
    """Return from when to when one walks without a lamp."""
    found = hours.twilight(point, date, clock.zone.key)
    if found is None:
        midnight = clock.at(date, dt.time())
        return midnight, midnight + 86_400
    return clock.seconds(found[0]), clock.seconds(found[1])


def break_id(pause: Pause, number: int) -> str:
    """Return the planner's id of a break on day *number* of the tour."""
    return f"{pause.name} {number}"


def _day(number: int, first: int, request: Request, clock: TourClock, margin_s: int) -> Day:
    """Return a day of the tour; *first* is the location of the first anchor."""
    depart_s = clock.at(request.dates[number], request.at)
    start, end = request.ends_of(number)
    return Day(first + start, first + end, depart_s, depart_s + request.minutes * 60 - margin_s)


def _site(candidate: Candidate, clock: TourClock, hand: InHand) -> Site:
    place = candidate.place
    bonus, brief_bonus = (_counts(candidate) * bonus for bonus in FLAGSHIP_BONUS)
    windows_of, early_s = _windows, 0
    if candidate.appointment:
        # One has to be there earlier, and then waits.
        windows_of, early_s = _moments, hand.before_s
    shorter: tuple[Option, ...] = ()
    if candidate.least_minutes is not None:
        windows = windows_of(candidate.hurried, clock, hand)
        worth = hurried_worth(candidate.worth, candidate.least_minutes, candidate.minutes)
        least = Option(candidate.least_minutes * 60 + early_s, worth, windows, brief_bonus)
        shorter = (least, *_between(candidate, least)) if candidate.flagship else (least,)
    return Site(
        id=place.id,
        score=candidate.worth,
        duration_s=candidate.minutes * 60 + early_s,
        windows=windows_of(candidate.begins, clock, hand),
        group=place.kind,
        shorter=shorter,
        bonus=bonus,
    )


def _counts(candidate: Candidate) -> float:
    """Return how many times a flagship counts; none of what is no flagship."""
    if not candidate.flagship:
        return 0.0
    liked = candidate.worth / BASE[FLAGSHIP]
    return math.ceil(candidate.minutes / 60) * min(max(liked, 1 / MOST_LIKED), MOST_LIKED)


def _between(candidate: Candidate, least: Option) -> Iterator[Option]:
    """Yield a length of a flagship between the least and the preferred one.

    So that what fills a day takes no more of it than it needs.
    """
    least_minutes = candidate.least_minutes or candidate.minutes
    minutes = (candidate.minutes + least_minutes) // 2 // 5 * 5
    more_s = 60 * (minutes - least_minutes)
    windows = tuple((a, b - more_s) for a, b in least.windows if a <= b - more_s)
    if more_s > 0 and windows and not candidate.appointment:
        worth = hurried_worth(candidate.worth, minutes, candidate.minutes)
        yield Option(least.duration_s + more_s, worth, windows, least.bonus)


def _moments(
    begins: Sequence[tuple[dt.datetime, dt.datetime]], clock: TourClock, hand: InHand
) -> tuple[Window, ...]:
    return tuple((clock.seconds(a) - hand.before_s,) * 2 for a, _ in begins)


def _windows(
    begins: Sequence[tuple[dt.datetime, dt.datetime]], clock: TourClock, hand: InHand
) -> tuple[Window, ...]:
    spans = [(clock.seconds(a), clock.seconds(b) - hand.firm_s) for a, b in begins]
    return tuple(
        (opens, max(opens, closes - hand.ease_s)) for opens, closes in spans if opens <= closes
    )
