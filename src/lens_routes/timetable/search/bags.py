"""What a search with several criteria keeps: walks, labels, and bags of what nothing beats."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from lens_routes.timetable.search.raptor import Ridden


class Foot(NamedTuple):
    """A walk: whole seconds, and decimetres, so that sums compare exactly."""

    seconds: int
    dm: int


class Label(NamedTuple):
    """Where one may be: at a POSIX time, having walked so far (decimetres), by a ride.

    Whoever is ``prompt`` comes just in time for a departure, and takes no later one: who would,
    leaves the origin later.
    """

    time: int
    walked_dm: int
    via: Ridden | None
    prompt: bool = False


class Bag:
    """Pairs of which none beats another: times ascend as the walks get shorter."""

    __slots__ = ("times", "walks")

    def __init__(self) -> None:
        self.times: list[int] = []
        self.walks: list[int] = []

    def beats(self, time: int, walked_dm: int) -> bool:
        """Tell whether something is there that is as early and as short on foot."""
        index = bisect_right(self.times, time)
        return index > 0 and self.walks[index - 1] <= walked_dm

    def put(self, time: int, walked_dm: int) -> None:
        """Add a pair that nothing beats, in place of those that it beats."""
        begin = end = bisect_left(self.times, time)
        while end < len(self.walks) and self.walks[end] >= walked_dm:
            end += 1
        self.times[begin:end] = [time]
        self.walks[begin:end] = [walked_dm]

    def forget_times(self, time: int) -> None:
        """Let only the shortest walk count, as if it were there at *time*."""
        if self.walks:
            self.times, self.walks = [time], self.walks[-1:]
