"""Messages to people: made from what is judged, kept until they are delivered."""
