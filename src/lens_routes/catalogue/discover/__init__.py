"""What there is to see where nobody keeps a catalogue: a draft made of the map."""
