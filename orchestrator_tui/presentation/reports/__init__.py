"""Reports for stakeholders, in the formats they want."""
