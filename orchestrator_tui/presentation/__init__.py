"""Layout as data, shared by the screen and the headless output."""
