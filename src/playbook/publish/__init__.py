"""Making what others read from the lessons: the book, and the plan of a session."""
