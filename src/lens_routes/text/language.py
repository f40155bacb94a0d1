"""The languages a person may read, and sentences that can be said in each of them.

`tr` says a sentence in the language in use and remembers how to say it in the others, so that a
plan saved by an English office can be printed in French. The catalogues are gettext's:
``locale/<language>/LC_MESSAGES/lens_routes.po``, compiled when the program is built.
"""

from __future__ import annotations

import gettext
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

#: The first is the one the sentences are written in.
LANGUAGES = ("en", "fr")
DOMAIN = "lens_routes"
LOCALE = Path(__file__).parents[1] / "locale"

_in_use = LANGUAGES[0]


def use(language: str) -> None:
    """Say everything from now on in one of `LANGUAGES`."""
    global _in_use  # noqa: PLW0603  # the language of a process, like its locale
    if language not in LANGUAGES:
        raise ValueError(f"{language} is not one of {', '.join(LANGUAGES)}")
    _in_use = language


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Say everything meanwhile in one of `LANGUAGES`."""
    before = _in_use
    use(language)
    try:
        yield
    finally:
        use(before)


def in_use() -> str:
    """Return the language sentences are said in."""
    return _in_use


def preferred(environment: Mapping[str, str]) -> str:
    """Return the language the environment asks for, by POSIX's order of its variables."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if wanted := environment.get(variable):
            return wanted[:2].lower() if wanted[:2].lower() in LANGUAGES else LANGUAGES[0]
    return LANGUAGES[0]


class Said(str):
    """A text in the language in use that can also be said `in_language`."""

    __slots__ = ("_render",)
    _render: Callable[[str], str]

    def __new__(cls, render: Callable[[str], str]) -> Self:
        """Return the text that *render* gives for the language in use."""
        text = super().__new__(cls, render(_in_use))
        text._render = render
        return text

    def in_language(self, language: str) -> str:
        """Return the text in one of `LANGUAGES`."""
        return self._render(language)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the text in every language: what renders it may be a closure."""
        return said_in, ({language: self._render(language) for language in LANGUAGES},)


def said_in(texts: Mapping[str, str]) -> Said:
    """Return a text whose wording in each language is given; the first given stands for others."""
    instead = next(iter(texts.values()), "")
    return Said(lambda language: texts.get(language, instead))


def tr(sentence: str, /, **values: object) -> Said:
    """Return an English sentence in the language in use, its ``{fields}`` filled.

    Parameters
    ----------
    sentence
        A literal, or one that is `marked`, found by the extraction of messages; a format string
        where there are values.
    values
        What fills the fields; values that are `Said` follow the language.
    """
    return Said(lambda language: _filled(language, _catalogue(language).gettext(sentence), values))


def marked(sentence: str) -> str:
    """Return an English sentence as it is, marked for translation: `tr` says it later.

    For tables of sentences of which one is said.
    """
    return sentence


def trn(one: str, many: str, number: int, /, **values: object) -> Said:
    """Return the sentence for *number* things in the language in use; ``{n}`` is the number."""
    return Said(
        lambda language: _filled(
            language, _catalogue(language).ngettext(one, many, number), {"n": number, **values}
        )
    )


def joined(separator: str, parts: Iterable[str]) -> Said:
    """Return texts joined, each of them following the language."""
    kept = tuple(parts)
    return Said(lambda language: separator.join(text_in(part, language) for part in kept))


def text_in(text: str, language: str) -> str:
    """Return a text in a language where it knows how to be said in it, else as it is."""
    return text.in_language(language) if isinstance(text, Said) else text


def _filled(language: str, sentence: str, values: Mapping[str, object]) -> str:
    if not values:
        return sentence
    return sentence.format_map(
        {
            name: value.in_language(language) if isinstance(value, Said) else value
            for name, value in values.items()
        }
    )


@lru_cache
def _catalogue(language: str) -> gettext.NullTranslations:
    if language == LANGUAGES[0]:
        return gettext.NullTranslations()
    return gettext.translation(DOMAIN, LOCALE, [language], fallback=True)


def others(document: object) -> dict[str, dict[str, str]]:
    """Return how each `Said` text inside nested lists and mappings is said in other languages."""
    texts = list(_said_in(document))
    return {
        language: {text: text.in_language(language) for text in texts}
        for language in LANGUAGES
        if language != _in_use
    }


def retold(document: Any, language: str, translations: Mapping[str, Mapping[str, str]]) -> Any:
    """Return nested lists and mappings with the texts that have translations said again.

    Parameters
    ----------
    document
        What was written in *language*.
    translations
        What `others` gave when it was written; a text that is not among them stays as it is.
    """
    if isinstance(document, str):
        texts = {other: said[document] for other, said in translations.items() if document in said}
        return said_in({language: document, **texts}) if texts else document
    if isinstance(document, dict):
        return {key: retold(value, language, translations) for key, value in document.items()}
    if isinstance(document, list):
        return [retold(value, language, translations) for value in document]
    return document


def _said_in(value: object) -> Iterator[Said]:
    if isinstance(value, Said):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _said_in(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from _said_in(inner)
