"""My plan so far: what people saved in the lessons, put together and checked against itself."""
