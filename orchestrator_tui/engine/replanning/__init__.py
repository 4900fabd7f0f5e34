"""New plans for a mission: what a delay costs, which ways out there are, and what each trades."""
