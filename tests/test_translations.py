"""Everything a person reads exists in every language, whole and in the language's habit."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING, Any

import pytest
from babel.messages.mofile import read_mo

from lens_routes.language import LOCALE

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).resolve().parents[1]


def _tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("messages", ROOT / "tools" / "messages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


messages = _tool()
LANGUAGES = [path.parents[1].name for path in messages.po_files()]


def _catalog(language: str) -> Any:
    path = ROOT / "src" / "lens_routes" / "locale" / language / "LC_MESSAGES" / "lens_routes.po"
    return messages.load_po(path)


def _pairs(language: str) -> list[tuple[str, str]]:
    """Return every message with its translation, plural forms apart."""
    pairs = []
    for message in _catalog(language):
        if not message.id:
            continue
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        pairs += [(ids[min(i, len(ids) - 1)], string) for i, string in enumerate(strings)]
    return pairs


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_missing_and_nothing_is_stale(language: str) -> None:
    """The catalogue holds the messages of the program, all and only: tools/messages.py update."""
    program = {message.id for message in messages.extracted() if message.id}
    catalog = {message.id for message in _catalog(language) if message.id}
    assert sorted(map(str, program - catalog)) == []
    assert sorted(map(str, catalog - program)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_is_translated(language: str) -> None:
    """No message is empty or marked as doubtful."""
    empty = [english for english, text in _pairs(language) if not text]
    assert empty == []
    assert [message.id for message in _catalog(language) if message.id and message.fuzzy] == []


def _fields(text: str) -> set[str]:
    # English puts a value between quotes by !r, French by guillemets.
    return {f"{name}:{spec}" for _, name, spec, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_fills_the_same_fields(language: str) -> None:
    """A field that is missing would lose a figure; one too many would be a crash."""
    plural = {one for m in _catalog(language) if isinstance(m.id, tuple) for one in m.id}
    for english, text in _pairs(language):
        if not re.search(r"\{\w+[^}]*\}", english):
            continue
        left_out = {"n:"} if english in plural else set()
        assert _fields(text) <= _fields(english) | left_out, english
        assert _fields(english) - left_out <= _fields(text), english


def test_french_typography() -> None:
    """A space that does not break before ; : ! ? % », a curly apostrophe, no straight quotes.

    Command lines, addresses and figures such as 9:30 are left alone.
    """
    wrong = []
    for _, text in _pairs("fr"):
        prose = re.sub(r"https?://\S+|\S*[\w/]:[\w/{]\S*|--?[\w-]+|'\{\w+\}'|:\s*$", "", text)
        if re.search(r"(?<![\u00a0\u202f\d\s:])[;!?](?=\s|$)|(?<=[\w»}]):(?=\s)", prose):
            wrong.append(text)
        if re.search(r"[ ][;:!?%»](?=\s|$)|«[ ]", prose) or re.search(r"\w'\w", prose):
            wrong.append(text)
    assert wrong == []


def _key(message: Any) -> Any:
    return message if isinstance(message, str) else tuple(message)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_installed_program_has_the_compiled_catalogue(language: str) -> None:
    """Building the program compiled what is written, all of it."""
    compiled = LOCALE / language / "LC_MESSAGES" / "lens_routes.mo"
    with compiled.open("rb") as stream:
        inside = {_key(m.id): _key(m.string) for m in read_mo(stream) if m.id}
    written = {_key(m.id): m.string for m in _catalog(language) if m.id and m.string}
    assert inside == written
