"""What is found in a workspace: evidence, read from files and git, and never trusted."""
