"""Statistics: tests and intervals that few records and odd ones do not lead astray."""
