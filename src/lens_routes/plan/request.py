"""What a person may ask of a day, defined once: its options and its part of the plan document.

A field of `RequestFields` says by its type how the plan document keeps it, and by its `Option` how
it is asked: the lines of ``plan``, settings, batches, completion and the checker all read it here.
What the words mean is said in `lens_routes.cli.plan.asking`.
"""

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from lens_routes.plan.option import Option, options_of
from lens_routes.plan.values import Always, Key, Number, Spare
from lens_routes.plan.waypoint import Waypoint

#: What the best, second, third and every further visit of one kind counts for: a fifth cemetery
#: tells a visitor less than the first.
RETURNS = (1.0, 0.8, 0.6, 0.5)

#: On foot only, with public transport, or by a vehicle of one's own.
MODES = ("walk", "transit", "bike", "car")
TRANSIT, BIKE, VEHICLES = ("transit",), ("bike",), ("bike", "car")
#: R5's levels of traffic stress, from ways for children to ways for the fearless.
STRESS = (1, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class Appointment:
    """A visit that begins at a fixed time, on ``date`` or, where that is None, on any day."""

    place: str
    time: dt.time
    date: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Pause:
    """A break of ``minutes`` that begins between two times of every day, wherever one then is.

    After a ``meal`` the day goes on. What is ``usual`` is taken because people do, and left out
    where a day has no room for it.
    """

    name: str
    earliest: dt.time
    latest: dt.time
    minutes: int
    meal: bool = False
    usual: bool = False


@dataclass(frozen=True, kw_only=True, init=False, eq=False, repr=False)
class RequestFields:
    """A day, or several, to plan.

    ``mode`` is ``walk``, ``transit`` for trains and buses too, or the vehicle one comes with;
    ``end`` is None for a one-way tour that may end at its last visit; ``date`` is the first of
    ``days``; ``at`` is local time and ``minutes`` the length of each day; ``must``, ``avoid`` and
    ``only`` are place ids, ``only`` None for the whole catalogue; ``max_walk_m``, ``max_ride_m``
    and ``max_visits`` hold for each day, ``budget_eur`` for all of them, None for no limit;
    ``visit_minutes`` overrides the catalogue's visits; ``margin_minutes`` is how late one may be
    anywhere and the rest of the day still works; ``returns`` are the factors by which visits of
    one kind count less and less.

    ``only_themes`` keeps to the themes; ``likes`` are factors and ``at_most`` numbers of visits, by
    theme or kind; ``nights`` are where one sleeps after each day but the last, the last one again
    where fewer are named, and without any each day leads from the start to the end; ``company`` is
    who comes along, ``weather`` what is forecast, and ``indoor`` keeps to places with a roof.

    Of public transport, for every way between two visits: ``max_rides`` and ``max_transfers``,
    None for as many as it takes; ``min_transfer_minutes`` for each change, None for what the
    timetables say; ``prefer``, a `Preference` or None for a bit of all; ``avoid_modes``, names of
    `lens_routes.timetable.network.wishes.Mode`.

    By a vehicle of one's own: ``speed_kmh`` is how fast one cycles on the level, ``stress`` the
    highest level of traffic stress of the ways one cycles, each None for the usual.
    """

    themes: Annotated[
        tuple[str, ...],
        Option(
            "--theme",
            "What to see; repeat it for several. Default: anything.",
            several=True,
            short="-t",
            words="theme",
        ),
    ] = ()
    only_themes: Annotated[
        bool,
        Option("--only", "Nothing but the themes asked for.", bool),
    ] = False
    likes: Annotated[
        Mapping[str, float],
        Option(
            "--like",
            "How much more a theme or kind is worth: memorial=0.5, museum=2; repeatable.",
            several=True,
            words="group=",
        ),
    ] = field(default_factory=dict)
    start: Annotated[
        Waypoint,
        Option(
            "--start",
            "Where to start: a place, or latitude,longitude. Default: the catalogue's.",
            words="place",
        ),
    ]
    end: Annotated[
        Always[Waypoint | None],
        Option("--end", "Where to end. Default: where you started.", words="place", rival="loop"),
        Option(
            "--loop/--one-way",
            "Come back to the start, or end at the last visit.",
            bool,
            default=True,
            rival="end",
        ),
    ]
    date: Annotated[
        dt.date,
        Option(
            "--date",
            "The day: 2026-11-24, tomorrow, saturday. Default: today, or tomorrow after 14:00.",
            words="date",
        ),
    ]
    days: Annotated[
        int,
        Option(
            "--days",
            "How many days, each from the start and to the end; no place twice.",
            int,
            default=1,
        ),
    ] = 1
    nights: Annotated[
        tuple[Waypoint, ...],
        Option(
            "--night",
            "Where to sleep after the first day, then the next; repeatable.",
            several=True,
            words="place",
        ),
    ] = ()
    at: Annotated[dt.time, Option("--at", "When to start, such as 9:30. Default: 10:00.")]
    minutes: Annotated[
        int,
        Option(
            "--for", "How long, such as 6h or 90min. Default: 6h.", name="duration", rival="until"
        ),
        Option("--until", "When to be back, such as 18:00; instead of --for.", rival="duration"),
    ]
    must: Annotated[
        tuple[str, ...],
        Option(
            "--must", "A place that has to be in the tour; repeatable.", several=True, words="place"
        ),
    ] = ()
    avoid: Annotated[
        tuple[str, ...],
        Option("--avoid", "A place to stay away from; repeatable.", several=True, words="place"),
    ] = ()
    only: tuple[str, ...] | None = None
    appointments: Annotated[
        tuple[Appointment, ...],
        Option(
            "--appointment",
            "A visit at a fixed time: culture-commune=14:00; repeatable.",
            several=True,
            words="place=",
        ),
    ] = ()
    pauses: Annotated[
        tuple[Pause, ...],
        Key("breaks"),
        Option(
            "--lunch",
            "A lunch break: 12:00-14:00,60min. Default: so, where the day covers those hours.",
            rival="no_lunch",
        ),
        Option("--no-lunch", "No lunch break.", bool, rival="lunch"),
        Option("--break", "Another break: 15:00-17:00,20min.", several=True, name="pauses"),
    ] = ()
    max_walk_m: Annotated[
        float | None,
        Option(
            "--max-walk", "Most walking in one day, such as 8km; none: no limit.", default="12km"
        ),
    ] = None
    pace_kmh: Annotated[
        float,
        Option(
            "--pace",
            "Walking pace: slow, normal, fast, or km/h such as 4.2.",
            default="normal",
            words=("slow", "normal", "fast"),
        ),
    ]
    mode: Annotated[
        str,
        Option(
            "--mode",
            "How to travel: walk, bike, car, or transit, with the trains and buses installed.",
            default="walk",
            words=MODES,
        ),
    ] = "walk"
    max_ride_m: Annotated[
        Spare[float | None],
        Option(
            "--max-ride",
            "Most kilometres by bike or car in one day, such as 40km; instead of --max-walk.",
            modes=VEHICLES,
        ),
    ] = None
    speed_kmh: Annotated[
        Spare[float | None],
        Option(
            "--speed",
            "How fast you cycle on the level, km/h, such as 12. Default: 18.",
            modes=BIKE,
        ),
    ] = None
    stress: Annotated[
        Spare[int | None],
        Option(
            "--stress",
            "The busiest ways you cycle: 1 (without cars, for children) to 4; needs the streets.",
            int,
            least=1,
            modes=BIKE,
        ),
    ] = None
    prefer: Annotated[
        str | None,
        Option(
            "--prefer",
            "Of good journeys by transit: earlier, fewer-changes or less-walking."
            " Default: a bit of each.",
            words=("earlier", "fewer-changes", "less-walking"),
            closed=True,
            modes=TRANSIT,
        ),
    ] = None
    avoid_modes: Annotated[
        tuple[str, ...],
        Option(
            "--avoid-mode",
            "What not to ride: train, bus, coach, tram, metro, ferry; repeatable.",
            several=True,
            words=("train", "bus", "coach", "tram", "metro", "ferry"),
            modes=TRANSIT,
        ),
    ] = ()
    max_rides: Annotated[
        int | None,
        Option(
            "--max-rides", "Most rides from one visit to the next.", int, least=1, modes=TRANSIT
        ),
    ] = None
    max_transfers: Annotated[
        int | None,
        Option(
            "--max-transfers",
            "Most changes from one visit to the next.",
            int,
            least=0,
            modes=TRANSIT,
        ),
    ] = None
    min_transfer_minutes: Annotated[
        int | None,
        Option(
            "--min-transfer",
            "The least time for a change, such as 5min. Default: the timetable's.",
            modes=TRANSIT,
        ),
    ] = None
    max_visits: Annotated[int | None, Option("--max-visits", "Most visits in one day.", int)] = None
    at_most: Annotated[
        Mapping[str, int],
        Option(
            "--at-most",
            "Most visits to a theme or kind on the whole tour: memory=1; repeatable.",
            several=True,
            words="group=",
        ),
    ] = field(default_factory=dict)
    budget_eur: Annotated[
        float | None,
        Option("--budget", "Most money for entries, one adult; unknown prices apart.", float),
    ] = None
    visit_minutes: Annotated[
        Mapping[str, int],
        Option(
            "--visit",
            "Minutes to stay somewhere, such as louvre-lens=90; repeatable.",
            several=True,
            words="place=",
        ),
    ] = field(default_factory=dict)
    margin_minutes: Annotated[
        int, Option("--relaxed", "Keep 15 minutes in hand everywhere.", bool)
    ] = 0
    strict_hours: Annotated[
        bool, Option("--strict-hours", "Leave out places whose hours are not known.", bool)
    ] = False
    company: Annotated[
        tuple[str, ...],
        Option(
            "--with",
            "Who comes along: children, wheelchair, pushchair; repeatable.",
            several=True,
            name="company",
            words=("children", "wheelchair", "pushchair"),
            closed=True,
        ),
    ] = ()
    indoor: Annotated[bool, Option("--indoor", "Places with a roof only.", bool)] = False
    weather: Annotated[
        str | None,
        Option(
            "--weather",
            "What is forecast: rain, heat or fair.",
            words=("rain", "heat", "fair"),
            closed=True,
        ),
    ] = None
    returns: tuple[float, ...] = RETURNS
    seed: Annotated[
        int,
        Number(signed=True, whole=True, largest=math.inf),
        Option("--seed", "Chooses among equally good tours, repeatably.", int, default=1),
    ] = 1


#: The options of every field, each with the field's name, in the order of the help.
OPTIONS = options_of(RequestFields)
