"""From suggestion to a living pairing: rounds, approval, the three yeses, meeting, ending."""
