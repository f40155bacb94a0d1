"""Plan discovery tours around the Louvre-Lens, or over a catalogue of your own."""

__version__ = "0.2.0"

#: How the program names itself in the files it writes.
PROGRAM = f"lens-routes {__version__}"
