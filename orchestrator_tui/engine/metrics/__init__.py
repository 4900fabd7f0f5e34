"""The success metrics, from the history alone."""
