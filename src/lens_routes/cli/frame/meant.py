"""Which of several things was meant: asked of the person, and put into the command line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lens_routes.errors import AmbiguousError


def answered(
    arguments: list[str], error: AmbiguousError, choose: Callable[[str, Sequence[str]], int]
) -> list[str]:
    """Return the command line with the id that the person chooses in place of ambiguous words.

    Unchanged, and nothing asked, where the words are not on the line but in a file.

    Parameters
    ----------
    arguments, error
        The line, and what was ambiguous on it.
    choose
        Asks a question with choices, and returns the number of the one taken.
    """
    if not is_on_line(arguments, error.words):
        return arguments
    labels = [f"{choice['name']} ({choice['id']})" for choice in error.details]
    question = tr("“{words}” may be several:", words=error.words)
    return replaced(arguments, error.words, str(error.details[choose(question, labels)]["id"]))


def is_on_line(arguments: list[str], words: str) -> bool:
    """Tell whether words stand on a line: alone, behind ``--start=``, before minutes of a visit."""
    return bool(words) and any(_typed(words).fullmatch(word) for word in arguments)


def replaced(arguments: list[str], words: str, identity: str) -> list[str]:
    """Return a line with an id in place of words, wherever these stand."""
    typed = _typed(words)

    def clear(found: re.Match[str]) -> str:
        return f"{found[1]}{identity}{found[2]}"

    return [typed.sub(clear, word) if typed.fullmatch(word) else word for word in arguments]


def _typed(words: str) -> re.Pattern[str]:
    return re.compile(rf"((?:--[\w-]+=)?){re.escape(words)}((?:=[^=]*)?)")
