"""How words are compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lens_routes.catalogue.file.rules import kebab
from lens_routes.text.words import fold, slug, telling_words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Gare de Nœux-les-Mines", "gare de noeux les mines"),
        ("ÉGLISE St-Théodore", "eglise saint theodore"),
        ("l’Ancien « carreau »", "l ancien carreau"),
        ("Cité n°9", "cite n 9"),
        ("Straße", "strasse"),
        ("İstanbul", "istanbul"),
        ("a\u0301", "a"),
        ("…", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    """Accents, case, ligatures and punctuation do not tell words apart."""
    assert fold(text) == folded


@given(st.text())
def test_fold_is_final(text: str) -> None:
    """Folding what is folded changes nothing, in any script."""
    assert fold(fold(text)) == fold(text)
    assert fold(text.upper().lower()) == fold(fold(text.upper().lower()))


@given(st.text())
def test_slug(text: str) -> None:
    """A slug is an id, or nothing."""
    made = slug(text)
    assert made == "" or len(made) > 100 or kebab(made) is None


def test_telling_words() -> None:
    """Articles tell nothing, unless there is nothing else."""
    assert telling_words("le musée de la Mine") == ("musee", "mine")
    assert telling_words("de la") == ("de", "la")
