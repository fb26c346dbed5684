"""How results look: words first, then a table, then a picture."""
