"""How long what is kept: the table, what is due, the nightly run and its receipts."""
