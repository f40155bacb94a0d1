"""Dates, times, durations and distances as people type them, in either language.

Small grammars of our own over the words of `lens_routes.text.wording`: what the program prints is
read back, and a command pays nothing for it. ``dateparser`` was tried on the phrases of
``tests/text/test_phrases.py``: its first date costs 0.6 s, it knows neither "dimanche prochain" nor
"this weekend", and it guesses: "32 mai" is 25 May 2032, "jeudi en huit" the 8th.
"""
