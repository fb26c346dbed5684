"""A book for a cohort: its settings, its editions, and what goes with them."""
