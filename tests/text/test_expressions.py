"""Regular expressions that are compiled when they are first used."""

from __future__ import annotations

import re

import pytest

from lens_routes.text.expressions import expression


def test_it_answers_as_a_compiled_one_does() -> None:
    """Whoever keeps one uses it as any other, the first time and again."""
    kept, compiled = expression("(a)B+", re.IGNORECASE), re.compile("(a)B+", re.IGNORECASE)
    for _ in range(2):
        assert kept.sub(r"<\1>", "xAbb") == compiled.sub(r"<\1>", "xAbb") == "x<A>"
        assert (kept.pattern, kept.flags) == (compiled.pattern, compiled.flags)


def test_what_is_wrong_is_said_where_it_is_used() -> None:
    """A slip in one is no slip in all that its module holds."""
    kept = expression("(")
    with pytest.raises(re.error):
        kept.match("")
