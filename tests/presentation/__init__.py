"""Tests of the layout as data."""
