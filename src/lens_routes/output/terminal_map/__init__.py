"""A map in the terminal: streets in dots, the way on them, numbers at the stops."""
