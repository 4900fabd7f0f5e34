"""What a person does in the app, and how the files come to say it, and go on saying it."""
