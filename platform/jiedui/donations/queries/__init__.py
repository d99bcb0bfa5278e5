"""Finding wishes (wishes)."""
