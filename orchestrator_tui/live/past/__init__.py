"""The missions as they were at any moment that the history remembers."""
