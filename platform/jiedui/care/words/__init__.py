"""Words of the care for children: importing this gives every enumeration its labels."""
