"""Ways out for messages to people: a file, a command, and whatever service Apprise knows."""
