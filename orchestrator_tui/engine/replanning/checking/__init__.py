"""Whether a plan can be carried out, found without all that finds plans."""
