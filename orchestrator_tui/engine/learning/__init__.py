"""Learning: patterns in what a team has done, and what they advise."""
