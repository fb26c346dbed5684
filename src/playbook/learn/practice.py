"""The two lines that keep a fictional city's numbers from passing for evidence."""

PRACTICE = "Practice: fictional city"
BUILT_IN = "We built this in. It shows how to look, not what is true elsewhere."
