"""Which people waves concern, and how many of them are trained and use the CRM."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import Select, Subquery, and_, case, distinct, func, or_, select, union

from implementor.adoption.models import FactDay, PersonDay
from implementor.audiences.models import AffectedPerson, AudienceMember, ChangeImpact
from implementor.audiences.queries.people import is_here
from implementor.foundation.model import Rows
from implementor.training.models import COMPLETED, Enrolment
from implementor.training.validity import RECENT_DAYS
from implementor.waves.models import Wave, WaveStory


def newest_facts(on: date) -> Select[date | None]:
    """The newest day up to this one of which it is known who used the CRM."""
    return select(func.max(FactDay.day)).where(FactDay.day <= on)


def people_of_waves(project_ids: Sequence[int], *, on: date, facts_of: date | None) -> Rows:
    """Rows (project_id, wave_id, thresholds, closed_at, people, trained, measured, using) of waves that are asked.

    `measured` are people with an account of whom the day `facts_of` is known and who are not new, `using` those of
    them who wrote something in the seven days that end with it.
    """
    concerned, trained = _concerned(project_ids), _trained(project_ids, on)
    day = and_(PersonDay.user_id == AffectedPerson.user_id, PersonDay.day == facts_of, PersonDay.is_new.is_(False))
    asked = or_(Wave.closed_at.is_not(None), Wave.ends_on <= on + timedelta(days=RECENT_DAYS))
    return (
        select(
            Wave.project_id, Wave.id.label("wave_id"), Wave.training_threshold, Wave.adoption_threshold, Wave.closed_at,
            func.count(distinct(AffectedPerson.id)).label("people"),
            func.count(distinct(trained.c.person_id)).label("trained"),
            func.count(distinct(PersonDay.user_id)).label("measured"),
            func.count(distinct(case((PersonDay.active_7, PersonDay.user_id)))).label("using"),
        )
        .join(concerned, concerned.c.wave_id == Wave.id)
        .join(AffectedPerson, AffectedPerson.id == concerned.c.person_id)
        .outerjoin(trained, trained.c.person_id == AffectedPerson.id)
        .outerjoin(PersonDay, day)
        .where(Wave.project_id.in_(project_ids), Wave.archived_at.is_(None), asked, is_here(on))
        .group_by(Wave.project_id, Wave.id, Wave.training_threshold, Wave.adoption_threshold, Wave.closed_at)
    )  # fmt: skip


def _concerned(project_ids: Sequence[int]) -> Subquery:
    """Each wave with the people listed in the audiences whose work it, or one of its stories, changes."""
    in_use = and_(ChangeImpact.project_id.in_(project_ids), ChangeImpact.archived_at.is_(None))
    listed = AudienceMember.audience_id == ChangeImpact.audience_id
    by_wave = (
        select(ChangeImpact.wave_id, AudienceMember.person_id)
        .join(AudienceMember, listed)
        .where(in_use, ChangeImpact.wave_id.is_not(None))
    )
    by_story = (
        select(WaveStory.wave_id, AudienceMember.person_id)
        .join(ChangeImpact, ChangeImpact.story_id == WaveStory.story_id)
        .join(AudienceMember, listed)
        .where(in_use)
    )
    return union(by_wave, by_story).subquery()


def _trained(project_ids: Sequence[int], on: date) -> Subquery:
    return (
        select(Enrolment.person_id)
        .where(Enrolment.project_id.in_(project_ids), Enrolment.state == COMPLETED, Enrolment.trained_on <= on)
        .distinct()
        .subquery()
    )
