"""Plans without a solver: rules, tabu search, and plans that disturb less."""
