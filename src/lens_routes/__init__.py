"""Plan discovery tours on foot around the Louvre-Lens, or over a catalogue of your own."""

__version__ = "0.1.0"

#: How the program names itself in the files it writes.
PROGRAM = f"lens-routes {__version__}"
