"""What is due, late or missing, day by day, village by village."""
