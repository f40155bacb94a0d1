"""The territory in the terminal: look around, plan a day, change it, take it along."""
