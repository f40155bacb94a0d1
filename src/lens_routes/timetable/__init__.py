"""Public transport: read GTFS feeds, compile them, and search journeys in them."""
