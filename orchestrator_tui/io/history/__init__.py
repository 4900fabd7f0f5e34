"""What happened and what a person decided, kept in the user's state folder."""
