"""A wrong command line, in the words of the program."""

from __future__ import annotations

import pytest

from lens_routes.cli.main import run


@pytest.mark.parametrize(
    "line",
    [
        "plan --nope",
        "plann",
        "streets nonsense",
        "export",
        "export day.json",
        "plan --days x",
        "plan --budget x",
        "plan --alternatives 99",
        "plan --loop=3",
        "check a b c",
        "plan --days",
        "completion bas",
    ],
)
def test_typers_phrases_are_all_known(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    """No wrong usage is answered in English on a French command line: a new Typer would show."""
    assert run(line.split()) == 2
    english = capsys.readouterr().err.splitlines()[0]
    assert run([*line.split(), "--lang", "fr"]) == 2
    french = capsys.readouterr().err.splitlines()[0]
    assert french != english
    assert english.startswith("Error: ")
    assert french.startswith("Erreur")
