"""Readers of the files that cities have: one small module a kind of file."""
