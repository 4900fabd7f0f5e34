"""The formats of reports: bytes in, what they say out, or EvidenceRefused with the place."""
