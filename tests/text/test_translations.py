"""Everything a person reads exists in every language, whole and in the language's habit."""

from __future__ import annotations

import ast
import importlib.util
import re
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING, Any

import pytest
from babel.messages.mofile import read_mo
from tests.support.program import run

from lens_routes import errors
from lens_routes.text.language import LOCALE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

    from tests.conftest import Town

ROOT = Path(__file__).resolve().parents[2]


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
    # One form of a plural may say what the other leaves out, such as the number itself.
    plural = {
        one: _fields("".join(m.id))
        for m in _catalog(language)
        if isinstance(m.id, tuple)
        for one in m.id
    }
    for english, text in _pairs(language):
        if not re.search(r"\{\w+[^}]*\}", english):
            continue
        may = plural.get(english, _fields(english))
        assert _fields(text) <= may, english
        assert _fields(english) - (may if english in plural else set()) <= _fields(text), english


def test_french_typography() -> None:
    """A space that does not break before ; : ! ? % », a curly apostrophe, no straight quotes.

    Command lines, addresses, what is to be typed and figures such as 9:30 are left alone.
    """
    wrong = []
    for _, text in _pairs("fr"):
        prose = re.sub(r'"[^"]*"', '"', text)
        prose = re.sub(r"https?://\S+|\S*[\w/]:[\w/{]\S*|--?[\w-]+|'\{\w+\}'|:\s*$", "", prose)
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


#: What says its arguments to a person, beside the classes of `lens_routes.errors`.
SPEAKERS = {"say", "answer", "confirm", "progress", "waiting", "Fault", "Closed", "Finding"}
#: Literals handed to these that nobody reads as they are, and why.
UNREAD = {
    "data directory": "the key of a finding in --json; people read its translation",
    "walking distances": "the key of a finding in --json; people read its translation",
    "other tables": "the same",
}


def _called(call: ast.Call) -> str:
    return getattr(call.func, "attr", "") or getattr(call.func, "id", "")


def _literal(node: ast.expr) -> str:
    """Return the words of a string or f-string, its fields left out."""
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    return "".join(str(part.value) for part in parts if isinstance(part, ast.Constant))


def _unmarked() -> Iterator[tuple[str, int, str]]:
    """Yield file, line and text of what is said in English only."""
    classes = {
        name
        for name, one in vars(errors).items()
        if isinstance(one, type) and issubclass(one, errors.LensRoutesError)
    }
    source = ROOT / "src" / "lens_routes"
    for path in sorted(source.rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(call, ast.Call) or _called(call) not in classes | SPEAKERS:
                continue
            for node in [*call.args, *(keyword.value for keyword in call.keywords)]:
                text = _literal(node)
                if re.search(r"[a-z]{2}", text) and " " in text.strip() and text not in UNREAD:
                    yield str(path.relative_to(source)), node.lineno, text


def test_what_is_said_is_marked_for_translation() -> None:
    """No error and no talk of the program is a plain English sentence: `tr` says it."""
    assert list(_unmarked()) == []


def test_no_message_hides_in_an_f_string() -> None:
    """Babel does not look for messages inside f-strings: such a one would never be translated."""
    hidden = [
        (path.name, call.lineno)
        for path in sorted((ROOT / "src" / "lens_routes").rglob("*.py"))
        for outer in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(outer, ast.JoinedStr)
        for call in ast.walk(outer)
        if isinstance(call, ast.Call) and _called(call) in messages.KEYWORDS
    ]
    assert hidden == []


#: Words no French sentence has.
ENGLISH = re.compile(
    r"\b(the|of|and|to|walk|from|with|by|at|is|are|not|until|open|closed|arrive|turn|late|fine"
    r"|hours|unknown|before|you|back|street|streets|days?|visits?|price|checked)\b",
    re.IGNORECASE,
)


@pytest.mark.usefixtures("streets", "nine_o_clock")
@pytest.mark.parametrize("form", ["markdown", "ics", "csv"])
def test_a_plan_saved_in_english_is_exported_in_french(
    town: Town, tmp_path: Path, form: str
) -> None:
    """The office plans in English; what it hands to French visitors has no English sentence."""
    day, shown = tmp_path / "day.json", tmp_path / "day.out"
    table = ["--table", "excel-fr"] if form == "csv" else []
    options = ["--must", "musee", "--lunch", "12:00-14:00,60min", "--save", day]
    assert run("plan", "--places", town.catalogue, "--days", 2, *options, "--lang", "en").code == 0
    assert run("export", day, "--to", form, "-o", shown, *table, "--lang", "fr").code == 0
    text = re.sub(r"\r?\n |--[\w-]+", "", shown.read_text(encoding="utf-8-sig"))
    if form == "ics":
        text = "\n".join(
            re.findall(r"^(?:SUMMARY|DESCRIPTION|LOCATION)[^:]*:(.*)$", text, re.MULTILINE)
        )
    # The catalogue's own words, written in one language only.
    for own in ("Four hundred miners’ lamps, all lit on Sundays", "made up for the tests"):
        text = text.replace(own, "").replace(own.replace(",", "\\,"), "")
    assert [line for line in text.splitlines() if ENGLISH.search(line)] == []


def test_the_lists_of_commands_are_not_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    """On 80 columns, what each command does is read whole, in every language."""
    monkeypatch.setenv("COLUMNS", "80")
    for group in ((), ("places",), ("streets",), ("transit",), ("config",)):
        for language in ("en", *LANGUAGES):
            assert "..." not in run(*group, "--help", "--lang", language).out.partition("\n")[2]
