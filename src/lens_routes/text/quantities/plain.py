"""What was typed in plain lower-case words: no accents, one space, figures and signs kept."""

from __future__ import annotations

import unicodedata

from lens_routes.text.expressions import expression

#: Numbers people write as words; an article counts one.
NUMBERS = {
    word: number
    for words in (
        "one two three four five six seven eight nine ten eleven twelve",
        "un deux trois quatre cinq six sept huit neuf dix onze douze",
    )
    for number, word in enumerate(words.split(), 1)
} | {"une": 1, "a": 1, "an": 1}
_GAPS = expression(r"[\s'’‑‐]+|(?<=[^\W\d])-(?=[^\W\d])")


def plain(text: str) -> str:
    """Return *text* without accents and case; apostrophes and hyphens within words are spaces.

    ``plain("Après-demain") == "apres demain"``, and ``24-11`` keeps its sign.
    """
    letters = unicodedata.normalize("NFD", text.lower())
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return bare if bare.isalnum() else _GAPS.sub(" ", bare).strip()
