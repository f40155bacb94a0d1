"""Names spelt in ASCII, for devices that know nothing else."""

from __future__ import annotations

from anyascii import anyascii

from lens_routes.output.shared.safe_text import line

#: What is read more easily than what the library spells.
_SPELT = str.maketrans({**dict.fromkeys("«»", '"'), "°": "o", "©": "(c)"})


def ascii_only(text: str, fallback: str) -> str:
    """Return *text* spelt in ASCII, whatever its script; *fallback* without a letter or digit."""
    spelt = line(anyascii(text.translate(_SPELT)))
    return spelt if any(map(str.isalnum, spelt)) else fallback
