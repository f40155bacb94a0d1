"""Which addresses of websites are safe to link."""

from __future__ import annotations

from urllib.parse import urlsplit

from lens_routes.text.expressions import expression

_PLAIN = expression(r"[!-~]+")


def is_address(text: str) -> bool:
    """Tell whether a text is the whole address of a website, and nothing else."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    known = parts.scheme in {"http", "https"} and bool(parts.hostname)
    return known and bool(_PLAIN.fullmatch(text))
