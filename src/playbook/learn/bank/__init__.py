"""The answer bank: for each exercise what is right, the known mistakes, and the hints."""
