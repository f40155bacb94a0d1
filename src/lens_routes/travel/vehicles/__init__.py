"""Ways by a vehicle of one's own: where it stands, how far one rides or drives, how long."""
