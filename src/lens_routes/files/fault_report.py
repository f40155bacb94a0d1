"""Keep a report of a fault of the program, for its makers."""

from __future__ import annotations

import contextlib
import os
import tempfile

from lens_routes import PROGRAM
from lens_routes.net.address import public
from lens_routes.text.language import tr


def write_report(text: str) -> str:
    """Write a report to a new file, without secrets of addresses, and return where it is."""
    where: str = tr("the report could not be written")
    with contextlib.suppress(OSError):
        descriptor, where = tempfile.mkstemp(prefix="lens-routes-report-", suffix=".txt")
        with os.fdopen(descriptor, "w", encoding="utf-8", errors="backslashreplace") as stream:
            stream.write(public(f"{PROGRAM}\n{text}"))
    return where
