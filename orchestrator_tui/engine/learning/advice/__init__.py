"""Advice: what to do about patterns, tried out on the forecast."""
