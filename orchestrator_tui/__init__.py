"""A live dashboard for missions of AI agents, read from YAML on disk."""
