"""The loop that keeps what is known of missions current, in a thread of its own, and their past."""
