"""How long work says how far it is."""

from __future__ import annotations

from collections.abc import Callable

#: Called with what is being done and the fraction done, 0 to 1, which never shrinks.
Report = Callable[[str, float], None]


def silent(_message: str, _fraction: float) -> None:
    """Report nothing."""
