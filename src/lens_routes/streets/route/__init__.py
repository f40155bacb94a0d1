"""Ways through the network: snap, search, reach, and directions to follow."""
