"""The summary of a milestone as Markdown. What agents wrote is text there, and nothing else."""

from orchestrator_tui.domain.summary import MilestoneSummary
from orchestrator_tui.presentation.reports.markdown import markdown_document
from orchestrator_tui.presentation.reports.milestone import summary_report


def summary_markdown(summary: MilestoneSummary) -> str:
    """Return the summary as one Markdown document."""
    return markdown_document([summary_report(summary)])
