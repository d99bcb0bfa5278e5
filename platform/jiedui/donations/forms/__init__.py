"""Forms of wishes (wishes) and of gifts (gifts)."""
