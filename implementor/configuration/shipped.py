"""The pipeline that every installation begins with."""

from __future__ import annotations

from implementor.foundation.pipelines import Pipeline, Stage
from implementor.foundation.words import say

SALES = Pipeline(
    "sales",
    say("Sales"),
    (
        Stage("qualification", say("Qualification"), 10, "pipeline", days_limit=14),
        Stage("needs", say("Analysis of needs"), 25, "pipeline", days_limit=21),
        Stage("proposal", say("Proposal"), 50, "best_case", days_limit=30),
        Stage("negotiation", say("Negotiation"), 75, "commit", days_limit=30),
        Stage("won", say("Won"), 100, "closed", "won"),
        Stage("lost", say("Lost"), 0, "omitted", "lost"),
    ),
)
BEGINNING = (
    Stage("new", say("New"), 10, "pipeline"),
    Stage("won", say("Won"), 100, "closed", "won"),
    Stage("lost", say("Lost"), 0, "omitted", "lost"),
)
"""The stages of a pipeline that somebody adds, until they add more."""
