"""Statistics for equity questions, one module a family. They know tables, not cities."""
