"""The loop that keeps the snapshot current and assesses it, in its own thread."""
