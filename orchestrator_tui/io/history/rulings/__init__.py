"""What people decided: kept twice, and each copy made whole from the other."""
