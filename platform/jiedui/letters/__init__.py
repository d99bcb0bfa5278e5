"""Letters that reach people: what each person has chosen, what went out by which way, and the words
to paste where no letter goes."""
