"""``export``: a saved plan as a file."""
