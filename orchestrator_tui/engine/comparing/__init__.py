"""Two versions of a mission, compared entry by entry."""
