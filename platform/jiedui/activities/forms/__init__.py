"""Forms of campaigns (seasons), of classes and their seats (classes), of lists (lists)."""
