"""What a dry run finds of one operation: what its own kind counts, and who refers to what goes with it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from implementor.foundation.mentions import Mention, mentioned
from implementor.foundation.words import say, say_n
from implementor.releases.item_kinds import Finding, ItemKind, Named, Operation

RELIED_ON, NAMED, ONE_WAY = "relied_on", "named", "one_way"
MOST_NAMED = 20


def findings_of(session: Session, kind: ItemKind, operation: Operation, *, project_id: int) -> tuple[Finding, ...]:
    """Everything found of an operation of a project.

    What relies on a setting blocks until it is changed or let be; what only shows it is told. What goes only one way
    wants a signature with a reason.
    """
    mentions = mentioned(session, kind.subjects(session, operation))
    relying, showing = [one for one in mentions if one.blocks], [one for one in mentions if not one.blocks]
    found = list(kind.findings(session, operation))
    if relying:
        text = say_n(
            "%(count)s rule or metric relies on it.", "%(count)s rules and metrics rely on it.", len(relying)
        )  # fmt: skip
        found.append(Finding(RELIED_ON, text, len(relying), blocks=True, names=_named(relying, project_id)))
    if showing:
        text = say_n(
            "%(count)s view or mapping names it.", "%(count)s views and mappings name it.", len(showing)
        )  # fmt: skip
        found.append(Finding(NAMED, text, len(showing), names=_named(showing, project_id)))
    if kind.way_back(operation) == "one_way":
        text = say("It does not come back by itself if the release is rolled back. Sign that this is known.")
        found.append(Finding(ONE_WAY, text, 1, blocks=True))
    return tuple(found)


def _named(mentions: Sequence[Mention], project_id: int) -> tuple[Named, ...]:
    """Those that whoever prepares releases of the project may read of, at most so many."""
    seen = [one for one in mentions if not one.is_private and one.project_id in (None, project_id)]
    return tuple(Named(one.what, one.name, one.endpoint, one.values, one.url) for one in seen[:MOST_NAMED])
