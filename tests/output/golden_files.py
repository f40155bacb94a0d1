"""Compare what a format writes with a file that was read and found good."""

from __future__ import annotations

import os
from pathlib import Path

GOLDEN = Path(__file__).parent / "golden"


def same_bytes(name: str, data: bytes) -> bool:
    """Compare with a golden file; LENS_ROUTES_GOLDEN=write writes it anew, to be judged."""
    path = GOLDEN / name
    if os.environ.get("LENS_ROUTES_GOLDEN") == "write":
        path.write_bytes(data)
    return path.read_bytes() == data
