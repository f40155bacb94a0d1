"""What people do on a day out, and what they want of it.

What a visit is worth to whom, how long it lasts, when one eats, how much time one keeps in hand.
"""
