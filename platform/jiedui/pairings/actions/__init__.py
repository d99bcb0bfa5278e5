"""What is done about rounds, suggestions and pairings, one module for each stretch of the way."""
