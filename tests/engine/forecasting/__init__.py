"""Forecasts: what they rest on, what is drawn, and how they are scored."""
