"""The lessons live in the browser: Python itself on the pages, from files of our own site."""
