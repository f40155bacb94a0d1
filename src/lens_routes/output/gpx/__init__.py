"""A plan as GPX 1.1, the way a given device or service reads it."""
