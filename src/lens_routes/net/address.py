"""Addresses as they may be shown: without the passwords and keys that people write into them."""

from __future__ import annotations

import re

from lens_routes.text.expressions import expression

#: An address: its scheme; who asks, and with which password; server and path; what is asked.
_ADDRESS = expression(
    r"""(?P<scheme>\b[a-z][a-z0-9+.-]*://)(?:[^\s?\#'"<>]*@)?(?P<place>[^\s?\#'"<>]*)"""
    r"""(?:[?\#][^\s'"<>]*)?""",
    re.IGNORECASE,
)


def public(text: str) -> str:
    """Return a text with its addresses as they may be shown: scheme, server and path only."""
    return _ADDRESS.sub(r"\g<scheme>\g<place>", text)


def spelled(address: str) -> str:
    """Return an address with what ends one in a text escaped, so that all of it is known as one."""
    return re.sub(r"""[\s'"<>]""", _escaped, address)


def _escaped(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode())


def is_address(text: str) -> bool:
    """Tell whether a text is the address of something to download."""
    return text.lower().startswith(("http://", "https://"))
