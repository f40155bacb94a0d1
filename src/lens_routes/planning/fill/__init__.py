"""From a solved tour to the days of a plan: legs traced, stops noted, sums made."""
