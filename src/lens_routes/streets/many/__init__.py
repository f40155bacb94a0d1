"""Ways between every two of many spots: the streets around them, thinned out, searched at once."""
