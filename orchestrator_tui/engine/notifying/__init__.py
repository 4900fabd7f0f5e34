"""Who is told what: the alerts that stand, and what of them is news to whom."""
