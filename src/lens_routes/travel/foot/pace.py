"""How fast a person walks, and how long a walk takes."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from lens_routes.errors import UsageError
from lens_routes.streets.profiles.wheelchair import PUSHCHAIR_KMH
from lens_routes.streets.profiles.wheelchair import SPEED_KMH as WHEELCHAIR_KMH
from lens_routes.text.language import tr
from lens_routes.text.words import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

#: km/h. 4.5 is the contract's normal walk; 3.5 suits small children and visitors who look around,
#: 5.5 a brisk walker (R. W. Bohannon, "Comfortable and maximum walking speed of adults",
#: Age and Ageing 26 (1997): means of 4.6 to 5.3 km/h by age and sex, 9 km/h at most).
PACES_KMH = {"slow": 3.5, "normal": 4.5, "fast": 5.5}
#: Nobody goes faster with these along.
COMPANY_KMH = {"children": 3.5, "wheelchair": WHEELCHAIR_KMH, "pushchair": PUSHCHAIR_KMH}
#: What else they are called, in either language, folded.
_ALSO = {
    **dict.fromkeys(("lent", "lente", "lentement", "doucement", "slowly"), "slow"),
    **dict.fromkeys(("normale", "moyen", "moyenne", "average"), "normal"),
    **dict.fromkeys(("rapide", "rapidement", "vite", "brisk"), "fast"),
}
SLOWEST_KMH, FASTEST_KMH = 1.0, 9.0


def with_company(pace_kmh: float, company: Iterable[str]) -> float:
    """Return how fast one goes at a pace with some company along, km/h."""
    return min([pace_kmh, *(COMPANY_KMH.get(who, pace_kmh) for who in company)])


def parse_pace(text: str) -> float:
    """Return a pace in km/h from ``slow``, ``normal``, ``fast``, in French too, or a number.

    Raises
    ------
    UsageError
        The words are none of these, or nobody walks so fast or so slowly.
    """
    word = text.strip().lower()
    name = _ALSO.get(fold(text), word)
    if name in PACES_KMH:
        return PACES_KMH[name]
    number = word.removesuffix("km/h").strip().replace(",", ".")
    try:
        pace_kmh = float(number)
    except ValueError:
        pace_kmh = math.nan
    if not SLOWEST_KMH <= pace_kmh <= FASTEST_KMH:
        raise UsageError(
            tr("--pace {text!r} is not a walking pace.", text=text),
            tr(
                "Write slow, normal, fast, or km/h from {slowest_kmh:g} to {fastest_kmh:g}.",
                slowest_kmh=SLOWEST_KMH,
                fastest_kmh=FASTEST_KMH,
            ),
        )
    return pace_kmh
