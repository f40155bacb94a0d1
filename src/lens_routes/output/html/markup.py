"""HTML that escapes itself: an element takes text, and only elements are taken as they are."""

from __future__ import annotations

import base64
import hashlib
import html
import json
from typing import TYPE_CHECKING, Any

from lens_routes.output.shared.safe_text import line
from lens_routes.text.expressions import expression
from lens_routes.text.language import in_use, text_in

if TYPE_CHECKING:
    from collections.abc import Callable

#: Elements without content, which HTML leaves unclosed.
_VOID = {"meta", "link", "br", "input", "img"}

#: A figure and the unit behind it stay together.
_UNIT = expression(r"(?<=\d) (?=(?:k?m|min|h|€|%)(?!\w))|(?<=\d h) (?=\d\d(?!\d))")


class Markup(str):
    """HTML that is whole and safe as it stands."""

    __slots__ = ()


#: Between two elements in a line.
SPACE = Markup(" ")


def text(words: str) -> Markup:
    """Return words in the language in use as HTML: markup in them is shown, controls are gone."""
    if isinstance(words, Markup):
        return words
    said = _UNIT.sub("\N{NO-BREAK SPACE}", line(text_in(words, in_use())))
    return Markup(html.escape(said))


def element(name: str, /, *content: str, **attributes: str | bool | None) -> Markup:
    """Return an element.

    Parameters
    ----------
    name
        The element's name.
    content
        What stands in it: `Markup` as it is, any other text escaped; empty text is nothing.
    attributes
        Written with ``-`` for ``_``, a trailing ``_`` apart (``class_``). True is an attribute
        without a value; False, None and the empty text are no attribute.
    """
    written = "".join(
        f" {key.rstrip('_').replace('_', '-')}" + (f'="{text(value)}"' if value is not True else "")
        for key, value in attributes.items()
        if value
    )
    if name in _VOID:
        return Markup(f"<{name}{written}>")
    return Markup(f"<{name}{written}>{''.join(map(text, content))}</{name}>")


def count(number: int, said: Callable[[int], str]) -> Markup:
    """Return how many there are, and how a script says so of none, one and more."""
    others = "|".join(text_in(said(n), in_use()) for n in (0, 1, 2))
    return element("p", said(number), id="count", role="status", data_said=others)


def lines(*parts: Markup) -> Markup:
    """Return parts of a page one below the other; empty ones are left out."""
    return Markup("\n".join(part for part in parts if part))


def raw(name: str, content: str, **attributes: str) -> Markup:
    """Return a script or style of our own, whose *content* browsers read without entities.

    Raises
    ------
    ValueError
        The content would end the element, or begin a comment in it.
    """
    if f"</{name}" in content.lower() or "<!--" in content:
        raise ValueError(f"the content would end the {name} element")
    written = "".join(f' {key}="{text(value)}"' for key, value in attributes.items())
    return Markup(f"<{name}{written}>{content}</{name}>")


def data(key: str, value: Any) -> Markup:
    """Return a block of JSON that a script of the page reads by its id."""
    # No "<" is left that could end the block.
    content = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return raw("script", content.replace("<", "\\u003c"), type="application/json", id=key)


def fingerprint(content: str) -> str:
    """Return the source expression by which a Content-Security-Policy allows a script or style.

    W3C, Content Security Policy Level 3, section 2.3.1 (hash-source).
    """
    digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
    return f"'sha256-{digest}'"
