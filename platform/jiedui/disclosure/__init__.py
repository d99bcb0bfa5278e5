"""The public face: home, about, rules of data, the check of a certificate."""
