"""A plan, a route and places as lines of a terminal."""
