"""From a GTFS feed to its tables, faults mended or named; one module a file of the feed."""
