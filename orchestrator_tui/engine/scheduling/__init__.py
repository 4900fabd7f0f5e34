"""When everything happens: the network of tasks, who does what, and what is critical."""
