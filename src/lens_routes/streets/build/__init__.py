"""From a map to a network: read files and servers, cut to a box, compile, install."""
