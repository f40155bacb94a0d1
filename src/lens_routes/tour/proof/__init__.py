"""How far a tour may be from the best there is: bounds, and enumeration of what they leave."""
