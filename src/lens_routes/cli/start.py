"""The first moments: from here on Ctrl-C, and an end from outside, leave no traceback."""

from __future__ import annotations

import gc
import signal
import sys


def main() -> None:
    """Load the program, run it, and leave with the exit code the contract names."""
    try:
        # Whoever ends the program from outside is answered as by Ctrl-C: nothing is left half done.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        # What a command makes lasts as long as it does: looking for waste often is a tenth of it.
        gc.set_threshold(100_000)
        from lens_routes.cli.main import main as run  # a tenth of a second

        run()
    except KeyboardInterrupt:
        # Nothing may be loaded yet that knows other languages.
        sys.stderr.write("Error: Interrupted; what was there before is as it was.\n")
        sys.exit(130)


if __name__ == "__main__":
    main()
