"""Whether a catalogue is sound, and what deserves a look in one that is."""
