"""What there is to see: the places of a catalogue, found, filtered, validated and opened."""
