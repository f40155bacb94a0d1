"""What is near a point on foot, and the walk through a list of points."""
