"""Tours on travel times that depend on the hour: trains and buses."""
