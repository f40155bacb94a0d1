"""What a person asked: every option that shapes the answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from lens_routes.document import waypoint_document
from lens_routes.errors import UsageError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from lens_routes.plan import Waypoint

#: What the best, second, third and every further visit of one kind counts for: a fifth cemetery
#: tells a visitor less than the first.
RETURNS = (1.0, 0.8, 0.6, 0.5)

#: Longer days than this are typing errors, not tours.
LONGEST_DAY_MINUTES = 18 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A day to plan.

    ``end`` is None for a one-way tour that may end at its last visit; ``at`` is local time and
    ``minutes`` the length of the day; ``must`` and ``avoid`` are place ids; ``max_walk_m`` and
    ``max_visits`` are None for no limit; ``visit_minutes`` overrides the catalogue's visits;
    ``returns`` are the factors by which visits of one kind count less and less.

    Raises
    ------
    UsageError
        The options contradict each other.
    """

    start: Waypoint
    end: Waypoint | None
    date: dt.date
    at: dt.time
    minutes: int
    pace_kmh: float
    themes: tuple[str, ...] = ()
    must: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    max_walk_m: float | None = None
    max_visits: int | None = None
    visit_minutes: Mapping[str, int] = field(default_factory=dict)
    strict_hours: bool = False
    returns: tuple[float, ...] = RETURNS
    seed: int = 1

    def __post_init__(self) -> None:
        both = sorted(set(self.must) & set(self.avoid))
        if both:
            raise UsageError(
                f"--must and --avoid both name {', '.join(both)}.", "Keep one of the two."
            )
        if self.max_visits is not None and self.max_visits < max(1, len(self.must)):
            raise UsageError(
                f"--max-visits {self.max_visits} is less than"
                f" {'one visit' if not self.must else f'the {len(self.must)} must-see places'}.",
                "Allow more visits, or ask for fewer must-sees.",
            )
        if not 0 < self.minutes <= LONGEST_DAY_MINUTES:
            raise UsageError(
                f"A day of {self.minutes} minutes cannot be planned.",
                f"Ask for a day of up to {LONGEST_DAY_MINUTES // 60} hours.",
            )
        for place, minutes in self.visit_minutes.items():
            if minutes > self.minutes:
                raise UsageError(
                    f"--visit {place}={minutes} is longer than the whole day of"
                    f" {self.minutes} minutes.",
                    "Shorten the visit, or give the day more time with --for.",
                )

    @property
    def longest_leg_m(self) -> float:
        """Metres that no leg of the day can exceed: on a loop, half of what can be walked."""
        walked_m = self.minutes * 60 * self.pace_kmh / 3.6
        return walked_m / 2 if self.end == self.start else walked_m

    def to_document(self) -> dict[str, Any]:
        """Return the request as the plan document keeps it."""
        return {
            "themes": list(self.themes),
            "start": waypoint_document(self.start),
            "end": None if self.end is None else waypoint_document(self.end),
            "date": self.date.isoformat(),
            "at": f"{self.at:%H:%M}",
            "minutes": self.minutes,
            "mode": "walk",
            "pace_kmh": self.pace_kmh,
            "must": list(self.must),
            "avoid": list(self.avoid),
            "max_walk_m": self.max_walk_m,
            "max_visits": self.max_visits,
            "visit_minutes": dict(sorted(self.visit_minutes.items())),
            "strict_hours": self.strict_hours,
            "returns": list(self.returns),
            "seed": self.seed,
        }
