"""The files of missions as they were: small, because each says only what differs."""
