"""Changing facts in the files of a mission, beside any number of other writers."""
