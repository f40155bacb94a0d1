"""Journeys from door to door by public transport, at every hour of a day."""
