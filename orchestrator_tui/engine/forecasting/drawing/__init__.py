"""Drawing random futures with numpy: imported by workers and commands alone, never by the app."""
