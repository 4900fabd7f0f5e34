"""What there is to decide, as numbers."""
