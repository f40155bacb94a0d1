"""The file of a catalogue: read, edited line by line, found where the program ships it."""
