"""Wishes (wishes); gifts (gifts), what of them goes where (allotments), entries of the books
(books); what follows from the rooms below (following)."""
