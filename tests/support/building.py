"""Builders of tours that a process of its own can find by name."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING

from lens_routes.batch.work import Product
from lens_routes.errors import InfeasibleError
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from lens_routes.batch.work import Job


def build(job: Job) -> Product:
    """Make two files of a job, unless its name says what goes wrong."""
    name = job.tour.name
    if name.startswith("infeasible"):
        raise InfeasibleError(tr("Nothing fits."), tr("Drop something."))
    if name.startswith("broken"):
        raise ZeroDivisionError("by nought")
    if name.startswith("killed"):
        os.kill(os.getpid(), signal.SIGKILL)
    if name.startswith("mortal"):
        # The first who builds it ends on it.
        with contextlib.suppress(FileExistsError):
            Path(job.tour.options["grave"]).touch(exist_ok=False)
            os.kill(os.getpid(), signal.SIGKILL)
    if name.startswith("slow"):
        time.sleep(0.2)
    if name.startswith("stopped"):
        raise KeyboardInterrupt
    files = {f"{name}.{kind}": f"{name} {job.tour.options}".encode() for kind in job.formats}
    texts = {"en": name, "fr": name}
    summary = {"language": "en", "title": texts, "days": [texts], "visits": [], "missing": []}
    return Product(files, summary)
