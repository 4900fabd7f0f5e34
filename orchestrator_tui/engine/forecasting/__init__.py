"""Forecasts: what a team has done before, when its work may end, and how well that was foretold."""
