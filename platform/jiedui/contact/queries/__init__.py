"""Finding agreements, what is planned, and what a helper has of their own."""
