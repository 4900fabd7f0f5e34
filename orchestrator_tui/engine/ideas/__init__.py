"""Ideas: what is worth doing now, by rules that need no history."""
