"""The headings of a consolidated pack beside those of a report: they are frozen with it, in its own language."""

from __future__ import annotations

from implementor.foundation.words import say
from implementor.status.report_words import headings

OWN = {
    "report": say("Consolidated pack"),
    "period": say("Stands on"),
    "comment": say("Comment"),
    "projects": say("Projects"),
    "project": say("Project"),
    "health": say("Health"),
    "next_gate": say("Next gate"),
    "promises": say("Milestones against promises"),
    "last_report": say("Last report"),
    "budget": say("Budget"),
    "spent": say("Spent"),
    "committed": say("Committed"),
    "forecast_money": say("Forecast"),
    "no_sum": say("No budget of these projects is in the sum."),
    "source": say("Computed from the records of the projects at the moment of issue."),
}


def pack_headings() -> dict[str, str]:
    """All headings in the language that is spoken."""
    return {**headings(), **{key: str(phrase) for key, phrase in OWN.items()}}
