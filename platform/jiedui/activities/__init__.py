"""What is done for many children at once: holiday classes of student teams, with the campaign."""
