"""The rules that hold between the entries of a mission."""
