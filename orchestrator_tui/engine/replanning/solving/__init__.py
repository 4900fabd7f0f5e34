"""Plans by a constraint solver, and proofs that none is better."""
