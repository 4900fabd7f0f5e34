"""What the past teaches."""
