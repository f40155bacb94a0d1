"""What an index says of a tour, in every language, from its plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lens_routes.output.shared import caption
from lens_routes.text.language import LANGUAGES, text_in

if TYPE_CHECKING:
    from lens_routes.plan.plan import Plan


def summary(plan: Plan, language: str) -> dict[str, Any]:
    """Return a plan's title, days and visits as JSON values; *language* is that of its files."""
    return {
        "language": language,
        "title": _texts(caption.title(plan)),
        "days": [_texts(caption.day_line(day)) for day in plan.days],
        "visits": [stop.name for day in plan.days for stop in day.stops if stop.kind == "visit"],
        "warnings": [_texts(warning) for warning in plan.warnings],
    }


def _texts(text: str) -> dict[str, str]:
    return {language: str(text_in(text, language)) for language in LANGUAGES}
