"""How fast a slow phone shows a page, by Lighthouse.

``python benchmarks/pages.py day.html … [--json]`` needs Chromium and, in the ``node_modules`` that
``LENS_ROUTES_READERS`` names, lighthouse (``npm install lighthouse``). Each page is served from
this machine, uncompressed, and measured three times as a phone (Lighthouse's slow 4G, a quarter of
the processor); the median is told. On a busy machine the blocking time is that of the others.
"""

from __future__ import annotations

import argparse
import functools
import http.server
import json
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path
from statistics import median
from typing import Any

LIGHTHOUSE = Path(os.environ.get("LENS_ROUTES_READERS", ""), ".bin", "lighthouse")
RUNS = 3
#: What is told of a page: the audit of Lighthouse, and its unit.
AUDITS = {
    "first_paint_ms": "first-contentful-paint",
    "largest_paint_ms": "largest-contentful-paint",
    "blocked_ms": "total-blocking-time",
    "octets": "total-byte-weight",
}


def measured(address: str) -> dict[str, Any]:
    """Return what Lighthouse says of a page, the median of some runs."""
    reports = [_report(address) for _ in range(RUNS)]
    found = {
        key: round(median(report["audits"][audit]["numericValue"] for report in reports))
        for key, audit in AUDITS.items()
    }
    scores = {
        name: median(report["categories"][name]["score"] for report in reports)
        for name in ("performance", "accessibility", "best-practices")
    }
    return {**scores, **found}


def _report(address: str) -> dict[str, Any]:
    command = [
        str(LIGHTHOUSE), address, "--quiet", "--output=json",
        "--chrome-flags=--headless --no-sandbox --disable-gpu",
        "--only-categories=performance,accessibility,best-practices",
    ]  # fmt: skip
    environment = {**os.environ, "CHROME_PATH": shutil.which("chromium") or ""}
    done = subprocess.run(command, check=True, capture_output=True, env=environment)  # noqa: S603
    report: dict[str, Any] = json.loads(done.stdout)
    return report


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files, and says nothing of it."""

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


def main() -> int:
    """Measure the pages named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("pages", nargs="+", type=Path, metavar="PAGE")
    parser.add_argument("--json", action="store_true", help="a JSON line a page")
    asked = parser.parse_args()
    if not LIGHTHOUSE.exists():
        sys.exit("Lighthouse is not installed; LENS_ROUTES_READERS names its node_modules.")
    for page in asked.pages:
        handler = functools.partial(Quiet, directory=str(page.resolve().parent))
        with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            found = measured(f"http://127.0.0.1:{server.server_port}/{page.name}")
            server.shutdown()
        line = {"page": page.stem, **found}
        print(json.dumps(line) if asked.json else line)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
