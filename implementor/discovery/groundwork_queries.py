"""How assessments and the items of the SWOT are found for the pages that show all of them at once."""

from __future__ import annotations

from sqlalchemy import Select, select

from implementor.discovery.groundwork_models import Assessment, SwotItem
from implementor.discovery.models import Objective
from implementor.foundation.model import Rows

COMPARED, MOST_ITEMS = 6, 200


def assessments_of(*, project_id: int) -> Select[Assessment]:
    """The last assessments of a project, the latest first: as many as are compared."""
    return (
        select(Assessment)
        .where(Assessment.project_id == project_id, Assessment.archived_at.is_(None))
        .order_by(Assessment.assessed_on.desc(), Assessment.id.desc())
        .limit(COMPARED)
    )


def items_of_swot(*, project_id: int) -> Rows:
    """Rows (SwotItem, objective) of a project, the heaviest first."""
    return (
        select(SwotItem, Objective.statement.label("objective"))
        .outerjoin(Objective, Objective.id == SwotItem.objective_id)
        .where(SwotItem.project_id == project_id, SwotItem.archived_at.is_(None))
        .order_by(SwotItem.weight.desc(), SwotItem.id)
        .limit(MOST_ITEMS)
    )
