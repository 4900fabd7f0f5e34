"""What is left beside the missions for those who go on: handovers, and archived deliverables."""
