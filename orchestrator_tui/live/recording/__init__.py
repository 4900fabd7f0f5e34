"""What the loop sees, kept as history; what the history knows, told with it."""
