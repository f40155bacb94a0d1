"""What people type, reduced to what they mean: no accents, case, ligatures or punctuation."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from lens_routes.text.expressions import expression

_FRENCH = "a au aux d de des dit du en et l la le les n sur sous un une"
_ENGLISH = "and at in no of the"
#: Words too common to tell one place from another.
_COMMON = frozenset(f"{_FRENCH} {_ENGLISH}".split())
_SHORTHAND = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}
#: Letters that Unicode does not decompose, written as people type them.
_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th"})
_WORD = expression(r"[^\W_]+")
#: Signs of Thai, Lao, Burmese, Khmer, Japanese and Chinese, of which two may be a word.
_RUN_ON = expression("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]{2,}")


def fold(text: str) -> str:
    """Return *text* in plain lower-case words separated by single spaces.

    Accents, ligatures, apostrophes, hyphens and other punctuation go, "St" becomes "saint":
    ``fold("Gare de Nœux-les-Mines") == "gare de noeux les mines"``.
    """
    return " ".join(_words(text))


def _words(text: str) -> list[str]:
    plain = text.casefold()
    if not plain.isascii():
        letters = unicodedata.normalize("NFKD", plain.translate(_LETTERS))
        plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
        plain = plain.casefold().translate(_LETTERS)
    words: list[str] = _WORD.findall(plain)
    # Most texts hold none: they are not gone through word by word.
    if _SHORTHAND.keys().isdisjoint(words):
        return words
    return [_SHORTHAND.get(word, word) for word in words]


@lru_cache(maxsize=1024)
def telling_words(text: str) -> tuple[str, ...]:
    """Return the folded words of *text* that tell places apart; all of them if none does."""
    words = _words(text)
    if _COMMON.isdisjoint(words):
        return tuple(words)
    return tuple([word for word in words if word not in _COMMON] or words)


def stands_for(part: str, word: str) -> bool:
    """Tell whether people mean a folded word by part of it: its beginning, three letters or more.

    Where words run on without spaces, two signs or more anywhere: 浅草 for 浅草寺.
    """
    if _RUN_ON.fullmatch(part):
        return part in word
    return len(part) >= 3 and word.startswith(part)


def slug(text: str) -> str:
    """Return *text* as a kebab-case id, such as ``gare-de-lens``; empty if nothing is left."""
    plain = fold(text)
    if not plain.isascii():
        from anyascii import anyascii  # noqa: PLC0415  # for other scripts only

        plain = fold(anyascii(plain))
    return "-".join(plain.split())
