"""Tests of the commands that a mission asks for."""
