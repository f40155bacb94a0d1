"""Sentences in the languages people read."""

from __future__ import annotations

import pickle

import pytest

from lens_routes.text import language
from lens_routes.text.language import Said, joined, said_in, tr, trn


@pytest.mark.parametrize(
    ("environment", "wanted"),
    [
        ({}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "fr_FR.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "C", "LC_MESSAGES": "fr"}, "fr"),
        ({"LC_ALL": "", "LANG": "fr"}, "fr"),
    ],
)
def test_the_environment_asks_for_a_language(environment: dict[str, str], wanted: str) -> None:
    """POSIX's order of variables; what we do not speak becomes English; empty ones say nothing."""
    assert language.preferred(environment) == wanted


def test_a_text_is_in_the_language_in_use_and_knows_the_other() -> None:
    """What was said in one language can be said again in another, fields and all."""
    gate = said_in({"en": "the gate", "fr": "la porte"})
    assert gate == "the gate"
    language.use("fr")
    assert said_in({"en": "the gate", "fr": "la porte"}) == "la porte"
    sentence = joined(", ", [gate, "Lens"])
    assert (sentence, sentence.in_language("en")) == ("la porte, Lens", "the gate, Lens")


def test_fields_are_filled() -> None:
    """Named fields take the values given; a sentence without values keeps its braces."""
    assert tr("{place} opens at {time}", place="X", time="9:00") == "X opens at 9:00"
    assert tr("a {brace}") == "a {brace}"
    assert [trn("{n} stop", "{n} stops", n) for n in (0, 1, 2)] == ["0 stops", "1 stop", "2 stops"]


def test_a_text_survives_another_process() -> None:
    """Workers hand sentences over with all their languages."""
    kept = pickle.loads(pickle.dumps(said_in({"en": "yes", "fr": "oui"})))  # noqa: S301  # our own
    assert isinstance(kept, Said)
    assert (kept, kept.in_language("fr")) == ("yes", "oui")


def test_an_unknown_language_is_refused() -> None:
    """Only what has a catalogue can be used."""
    with pytest.raises(ValueError, match="de is not one of en, fr"):
        language.use("de")


def test_sentences_in_a_document_are_said_again() -> None:
    """What `others` notes lets `retold` say the same document in the other language, and back."""
    document = {"a": [said_in({"en": "yes", "fr": "oui"}), "Lens"], "b": {"yes": 1}}
    noted = language.others(document)
    assert noted == {"fr": {"yes": "oui"}}
    plain = {"a": ["yes", "Lens"], "b": {"yes": 1}}
    language.use("fr")
    again = language.retold(plain, "en", noted)
    assert again == {"a": ["oui", "Lens"], "b": {"yes": 1}}
    assert language.others(again) == {"en": {"oui": "yes"}}
