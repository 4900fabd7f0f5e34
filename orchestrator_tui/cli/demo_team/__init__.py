"""The simulated agents of the demo: processes that edit a mission as real agents do."""
