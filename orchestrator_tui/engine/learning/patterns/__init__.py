"""Patterns: what the records carry, and nothing that chance would show as well."""
