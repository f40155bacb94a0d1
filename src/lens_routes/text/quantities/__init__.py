"""Dates, times, durations and distances as people type them, in either language.

Small grammars of our own over the words of `lens_routes.text.wording`: what the program prints is
read back, and a command pays nothing for it. ``dateparser`` was tried on the phrases of
``tests/text/test_phrases.py``: its first date costs 0.6 s, it knows neither "dimanche prochain" nor
"this weekend", and it guesses: "32 mai" is 25 May 2032, "jeudi en huit" the 8th.
"""

from lens_routes.text.quantities.clocks import minutes_between, parse_clock, parse_span
from lens_routes.text.quantities.dates import parse_date
from lens_routes.text.quantities.lengths import (
    is_distance,
    parse_bbox,
    parse_distance,
    parse_duration,
)
from lens_routes.text.quantities.moments import parse_moment

__all__ = [
    "is_distance",
    "minutes_between",
    "parse_bbox",
    "parse_clock",
    "parse_date",
    "parse_distance",
    "parse_duration",
    "parse_moment",
    "parse_span",
]
