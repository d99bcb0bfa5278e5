"""Wishes (wishes); what is given and its books (books): enumerations, moves, pure decisions."""
