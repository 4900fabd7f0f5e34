"""Forecasts beside the live loop."""
