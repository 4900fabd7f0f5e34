"""The rows of the screens."""
