"""The verbs: pure functions from what is known to what follows from it."""
