"""How people took to the CRM, read for one project or many with two statements: trained, and using it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from implementor.status import adoption_queries
from implementor.status.health import AdoptionFigures


def adoption_of_projects(session: Session, project_ids: Sequence[int], *, on: date) -> dict[int, AdoptionFigures]:
    """What is known of training and use on a day, by project; waves are added up, so that none tells of few people.

    Training is asked of waves that are live or go live within the days in which training is fresh, use of waves that
    went live before the newest day whose facts are known. Whoever is concerned by two waves counts in each.
    """
    facts_of = session.scalars(adoption_queries.newest_facts(on)).one_or_none()
    sums: dict[int, list[Decimal]] = defaultdict(lambda: [Decimal(0)] * 6)
    for row in session.execute(adoption_queries.people_of_waves(project_ids, on=on, facts_of=facts_of)):
        is_live = row.closed_at is not None and facts_of is not None and row.closed_at.date() < facts_of
        trained = (row.people, row.trained, row.people * Decimal(row.training_threshold) / 100)
        using = (row.measured, row.using, row.measured * Decimal(row.adoption_threshold) / 100)
        found = (*trained, *(using if is_live else (0, 0, 0)))
        sums[row.project_id] = [one + Decimal(more) for one, more in zip(sums[row.project_id], found, strict=True)]
    return {
        project_id: AdoptionFigures(int(one[0]), int(one[1]), one[2], int(one[3]), int(one[4]), one[5])
        for project_id, one in sums.items()
    }
