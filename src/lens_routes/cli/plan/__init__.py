"""``plan``, ``replan`` and ``check``, and what is asked and handed out with them."""
