"""Units that take part (schools, agencies, companies, charities, teams) and places of help."""
