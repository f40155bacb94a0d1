"""What is handed to a visitor speaks of places, hours and ways, never of the program's options."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

import html5lib
import pypdf
import pytest
from tests.output.golden_files import GOLDEN
from tests.support.program import run

from lens_routes.library.formats import FORMATS
from lens_routes.text.language import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.conftest import Town

#: An option as a person types it; a page's own script and style may have dashes.
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]+")
#: Requests with something to advise: unknown hours left out, too far, too long, closed, too dear.
ASKED = [
    ("--strict-hours", "--for", "3h"),
    ("--max-walk", "3km", "--visit", "eglise=200"),
    ("--for", "4h", "--max-visits", "2", "--budget", "1"),
    ("--date", "2026-12-25", "--relaxed"),
    ("--appointment", "musee=19:00", "--for", "11h"),
]  # fmt: skip


def readable(data: bytes, name: str) -> str:
    """Return what a person reads of an export."""
    if name == "pdf":
        return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)
    if name == "html":
        page = html5lib.parse(data, namespaceHTMLElements=False)
        hidden = {part for tag in ("script", "style") for part in page.iter(tag)}
        return "\n".join(
            part.text or "" for part in page.iter() if part not in hidden and part.text
        ) + "\n".join(part.tail or "" for part in page.iter())
    return data.decode("utf-8-sig")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", FORMATS)
def test_no_export_speaks_of_options(
    monkeypatch: pytest.MonkeyPatch, language: str, name: str
) -> None:
    """The saved plan knows what to type; whoever is given the tour reads what is so."""
    monkeypatch.setenv("LC_ALL", language)
    assert OPTION.search((GOLDEN / "day.json").read_text(encoding="utf-8"))
    done = run("export", GOLDEN / "day.json", "--to", name, "-o", "-")
    assert done.code == 0, done.err
    assert OPTION.findall(readable(done.stdout, name)) == []


def sentences(value: Any) -> Iterator[str]:
    """Yield every text of a document but what is there to be typed."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key != "option":
                yield key
                yield from sentences(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from sentences(inner)


@pytest.mark.usefixtures("nine_o_clock", "streets")
@pytest.mark.parametrize("asked", ASKED)
def test_a_document_keeps_options_apart(town: Town, tmp_path: Path, asked: tuple[str, ...]) -> None:
    """In no language does a sentence of the plan hold what stands beside it as an option."""
    saved = tmp_path / "day.json"
    done = run("plan", "--places", town.catalogue, "--save", saved, "--json", *asked)
    assert done.code == 0, done.err
    assert [text for text in sentences(done.document) if OPTION.search(text)] == []
