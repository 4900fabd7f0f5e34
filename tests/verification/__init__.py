"""Milestones on their whole way, with evidence made by real tools."""
