"""A maintainer's tools: house rules, executing lessons, and a new lesson that passes them all."""
