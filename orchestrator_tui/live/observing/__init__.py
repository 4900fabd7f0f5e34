"""Evidence beside the loop: what is in the workspaces, looked at while missions go on."""
