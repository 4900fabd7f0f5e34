"""What the screens show, line by line."""
