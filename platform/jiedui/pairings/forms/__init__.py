"""Forms about rounds, suggestions and pairings."""
