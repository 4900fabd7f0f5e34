"""The terminal, left sane however the program ends."""
