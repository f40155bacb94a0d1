"""What travellers need, of a map: which tags say so, and how it is gathered."""
