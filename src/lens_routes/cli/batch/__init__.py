"""``batch``: many tours from one file."""
