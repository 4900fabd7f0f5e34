"""Metrics of what a history holds, read when somebody asks."""
