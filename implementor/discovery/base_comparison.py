"""The four bases over several assessments: scores side by side, what changed since the last, and a small line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from implementor.discovery.groundwork_catalogue import BASE_LABELS
from implementor.discovery.groundwork_models import Assessment
from implementor.foundation.charts import Element, sparkline
from implementor.foundation.words import Phrase

BEST = Decimal(5)


@dataclass(frozen=True)
class BaseRow:
    """A base with its score in each assessment, None where nobody scored it."""

    label: Phrase
    scores: Sequence[int | None]

    @property
    def known(self) -> list[int]:
        return [one for one in self.scores if one is not None]

    @property
    def change(self) -> int | None:
        """From the last but one score to the last; None before there are two."""
        return self.known[-1] - self.known[-2] if len(self.known) > 1 else None

    @property
    def line(self) -> Element | None:
        """A small line of the scores, the best one as its aim."""
        values = [Decimal(one) for one in self.known]
        return sparkline(values, aim=BEST) if len(values) > 1 else None


def comparison(assessments: Sequence[Assessment]) -> list[BaseRow]:
    """The four bases over these assessments, given in the order of their days."""
    return [
        BaseRow(label, [getattr(one, f"{base}_score") for one in assessments]) for base, label in BASE_LABELS.items()
    ]
