"""What a plan is: its days as data, as a JSON document, and the name of its tour.

Knows no planner and no format: everything that makes a plan or draws one meets here.
"""
