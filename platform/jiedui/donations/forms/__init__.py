"""Forms of wishes (wishes)."""
