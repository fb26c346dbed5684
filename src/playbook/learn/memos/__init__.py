"""What each lesson puts on its memo."""
