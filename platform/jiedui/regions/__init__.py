"""The county, its townships and villages: names, codes, coordinates, and the county's own rules."""
