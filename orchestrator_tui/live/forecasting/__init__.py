"""Foreseeing beside the live loop: a process that draws, and what it drew put in its place."""
