"""What lies around the streets and is drawn with them: waters, greens, railways."""
