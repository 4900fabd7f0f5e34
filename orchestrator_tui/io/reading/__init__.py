"""From bytes on disk to missions, with every problem at its place."""
