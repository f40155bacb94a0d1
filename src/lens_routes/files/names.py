"""Names of files that every system takes."""

from __future__ import annotations

#: What Windows keeps for its devices, whatever ending follows.
_DEVICES = {"con", "prn", "aux", "nul"} | {
    f"{port}{n}" for port in ("com", "lpt") for n in "123456789"
}


def portable(name: str) -> str:
    """Return a name, changed where it is that of a device on some system: ``con`` is ``con-``."""
    stem, dot, ending = name.partition(".")
    return f"{stem}-{dot}{ending}" if stem.lower() in _DEVICES else name
