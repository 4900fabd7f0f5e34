"""Plans as they are shown: what each changes, promises and trades."""
