"""The edge: the only package that touches disk, clock, network and processes."""
