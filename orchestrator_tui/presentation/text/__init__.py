"""The dashboard as text."""
