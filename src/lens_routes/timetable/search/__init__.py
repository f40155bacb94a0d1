"""Searching journeys: RAPTOR, profiles, several criteria, all pairs of a day."""
