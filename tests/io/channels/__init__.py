"""Channels: what gets out through a file, a command and Apprise, and what is said where not."""
