"""How the charters of a project are found."""

from __future__ import annotations

from sqlalchemy import Select, select

from implementor.auth.models import User
from implementor.discovery.charter_models import Charter
from implementor.foundation.model import Rows


def charters_of(*, project_id: int) -> Select[Charter]:
    """The editions of a project's charter that are not put away, the latest first."""
    return (
        select(Charter)
        .where(Charter.project_id == project_id, Charter.archived_at.is_(None))
        .order_by(Charter.edition.desc(), Charter.id.desc())
    )


def standing_charter(*, project_id: int) -> Select[Charter]:
    """The charter that both signed and no later edition replaced."""
    return charters_of(project_id=project_id).where(Charter.signed_at.is_not(None), Charter.ended_at.is_(None)).limit(1)


def names_of(ids: set[int]) -> Rows:
    """Rows (id, name) of people, whether or not they still hold a role."""
    return select(User.id, User.name).where(User.id.in_(ids))
