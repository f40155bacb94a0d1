"""Ways and journeys asked of another engine: Valhalla or MOTIS; answers as our own documents."""
