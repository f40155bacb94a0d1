"""``places``: what the catalogue holds, and the work of those who keep one."""
