"""Sheets that come in: kept sealed, checked row by row, mended in the page, taken over whole.

An importer of another room says what a sheet of its kind means; see exchange.Importer for how one
is added.
"""
