"""What follows from where things lie: squares, ferries, pavements elsewhere, fences."""
