"""Why a site is not in a tour, and what would help when nothing fits."""
