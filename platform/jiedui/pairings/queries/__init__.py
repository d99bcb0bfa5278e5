"""What is asked about rounds, suggestions and pairings."""
