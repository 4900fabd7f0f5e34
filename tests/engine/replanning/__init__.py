"""New plans."""
