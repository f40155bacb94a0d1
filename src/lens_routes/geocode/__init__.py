"""Words to a point: a place of the catalogue, coordinates, or an address asked for online."""
