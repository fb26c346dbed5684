"""Tables of a city: what each must hold, how to load them, and how a city brings its own."""
