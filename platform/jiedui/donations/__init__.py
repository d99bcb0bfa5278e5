"""Small material wishes of children, what is given for them, and the books of it."""
