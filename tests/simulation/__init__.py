"""Whole missions in a time of their own: the demo's team at work, and a tech lead who decides."""
