"""Finding wishes (wishes); what is given and its books (gifts)."""
