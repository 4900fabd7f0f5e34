"""Searching for plans beside the screen: one worker process, which is asked and streams answers."""
