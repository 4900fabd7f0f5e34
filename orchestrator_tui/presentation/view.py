"""The screens that a picture can be taken of."""

from enum import StrEnum


class View(StrEnum):
    """A screen that a picture can be taken of."""

    MISSION = "mission"
    MISSIONS = "missions"
    AGENT = "agent"
    TIMELINE = "timeline"
    FORECAST = "forecast"
    METRICS = "metrics"
    LEARNED = "learned"
    MILESTONES = "milestones"
    ESCALATIONS = "escalations"
    HISTORY = "history"
    HELP = "help"
