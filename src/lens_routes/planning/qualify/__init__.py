"""Which places a day may visit, when, for whom, and what a visit of each is worth."""
