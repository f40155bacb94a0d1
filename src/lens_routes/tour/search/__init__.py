"""Searching tours: insert visits, take stretches out, fill gaps again, until a rule says stop."""
