"""How each lesson's surprise is measured: one typed function of the city for each claim."""
