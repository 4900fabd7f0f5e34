"""Many processes that write to one mission at once, some of them killed."""
