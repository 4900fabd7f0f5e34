"""When to look at the files again, and which of them are fit to be read."""
