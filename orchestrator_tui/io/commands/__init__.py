"""Commands that a mission asks for and a person allowed: what exactly, how it runs, what came."""
