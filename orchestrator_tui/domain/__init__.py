"""The nouns: what a mission is, what is known, and what follows from it."""
