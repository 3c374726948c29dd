"""Surveys with what belongs to them, who is to be asked, and what groups answered."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, func, select

from implementor.audiences.models import AffectedPerson, AudienceMember
from implementor.audiences.queries.people import is_here
from implementor.auth.models import Area, Team, TeamMember
from implementor.foundation.model import Rows
from implementor.projects.models import Project
from implementor.surveys.models import (
    CLOSED,
    OPEN,
    HeldAnswer,
    Survey,
    SurveyCount,
    SurveyGroup,
    SurveyInvitation,
    SurveyQuestion,
    SurveySaying,
)


def questions_of(*, survey_id: int) -> Select[SurveyQuestion]:
    """The questions of a survey, in their order."""
    found = select(SurveyQuestion).where(SurveyQuestion.survey_id == survey_id, SurveyQuestion.archived_at.is_(None))
    return found.order_by(SurveyQuestion.place, SurveyQuestion.id)


def people_to_ask(*, project_id: int, audience_id: int | None, today: date) -> Rows:
    """Rows (id, team_id, area_id) of who is asked: an audience or everybody, with the team and area of today."""
    team_id = func.coalesce(AffectedPerson.team_id, func.min(TeamMember.team_id))
    mine = (
        select(AffectedPerson.id, AffectedPerson.area_id, team_id.label("team_id"))
        .outerjoin(TeamMember, (TeamMember.user_id == AffectedPerson.user_id) & TeamMember.left_at.is_(None))
        .where(AffectedPerson.project_id == project_id, AffectedPerson.erased_at.is_(None), is_here(today))
        .group_by(AffectedPerson.id, AffectedPerson.area_id, AffectedPerson.team_id)
    )
    if audience_id is not None:
        listed = select(AudienceMember.person_id).where(
            AudienceMember.project_id == project_id, AudienceMember.audience_id == audience_id
        )
        mine = mine.where(AffectedPerson.id.in_(listed))
    found = mine.subquery()
    return (
        select(found.c.id, found.c.team_id, func.coalesce(found.c.area_id, Team.area_id).label("area_id"))
        .outerjoin(Team, Team.id == found.c.team_id)
        .order_by(found.c.id)
    )


def invitations_of(*, survey_id: int) -> Select[SurveyInvitation]:
    """Who is asked."""
    return select(SurveyInvitation).where(SurveyInvitation.survey_id == survey_id).order_by(SurveyInvitation.id)


def held_of(*, survey_id: int) -> Select[HeldAnswer]:
    """Answers to an open survey."""
    return select(HeldAnswer).where(HeldAnswer.survey_id == survey_id).order_by(HeldAnswer.hand)


def hands_of(*, survey_id: int) -> Select[str]:
    """The hands that answered an open survey."""
    return select(HeldAnswer.hand).where(HeldAnswer.survey_id == survey_id)


def own_invitations(*, user_id: int) -> Rows:
    """Rows (Survey, SurveyInvitation, project) of surveys that asked somebody, open ones first, then the newest."""
    return (
        select(Survey, SurveyInvitation, Project.name.label("project"))
        .join(SurveyInvitation, SurveyInvitation.survey_id == Survey.id)
        .join(AffectedPerson, _is_asked())
        .join(Project, Project.id == Survey.project_id)
        .where(
            AffectedPerson.user_id == user_id,
            AffectedPerson.archived_at.is_(None),
            Survey.archived_at.is_(None),
            Project.archived_at.is_(None),
        )
        .order_by((Survey.state == OPEN).desc(), Survey.id.desc())
    )


def invitation_by_id(*, invitation_id: int) -> Rows:
    """The row (Survey, SurveyInvitation, user_id, language) of an invitation to a survey in use."""
    return (
        select(Survey, SurveyInvitation, AffectedPerson.user_id, AffectedPerson.language)
        .join(SurveyInvitation, SurveyInvitation.survey_id == Survey.id)
        .join(AffectedPerson, _is_asked())
        .join(Project, Project.id == Survey.project_id)
        .where(
            SurveyInvitation.id == invitation_id,
            Survey.archived_at.is_(None),
            Project.archived_at.is_(None),
            AffectedPerson.archived_at.is_(None),
            AffectedPerson.erased_at.is_(None),
        )
    )


def untold(*, today: date) -> Rows:
    """Rows (Survey, SurveyInvitation, AffectedPerson) of who is asked by an open survey and was not written to yet."""
    return (
        select(Survey, SurveyInvitation, AffectedPerson)
        .join(SurveyInvitation, SurveyInvitation.survey_id == Survey.id)
        .join(AffectedPerson, _is_asked())
        .where(
            Survey.state == OPEN,
            Survey.archived_at.is_(None),
            SurveyInvitation.told_at.is_(None),
            AffectedPerson.archived_at.is_(None),
        )
        .order_by(SurveyInvitation.id)
    )


def _is_asked() -> ColumnElement[bool]:
    return and_(
        AffectedPerson.project_id == SurveyInvitation.project_id, AffectedPerson.id == SurveyInvitation.person_id
    )


def asked_of(*, survey_id: int, today: date) -> Rows:
    """Rows (SurveyInvitation, AffectedPerson) of who is asked by a survey and did not leave the list of people."""
    return (
        select(SurveyInvitation, AffectedPerson)
        .join(AffectedPerson, _is_asked())
        .where(SurveyInvitation.survey_id == survey_id, is_here(today))
        .order_by(SurveyInvitation.id)
    )


def open_until(day: date) -> Select[Survey]:
    """Open surveys that close on this day or before it, put away or not: what is held of them must not stay."""
    found = select(Survey).where(Survey.state == OPEN, Survey.closes_on <= day)
    return found.order_by(Survey.id)


def rounds_of(*, project_id: int, first_id: int) -> Select[Survey]:
    """The closed surveys that asked the same, the earliest first."""
    found = select(Survey).where(
        Survey.project_id == project_id, Survey.state == CLOSED, Survey.archived_at.is_(None),
        (Survey.id == first_id) | (Survey.first_id == first_id),
    )  # fmt: skip
    return found.order_by(Survey.closed_at, Survey.id)


def latest_closed(*, project_id: int, kind: str) -> Select[Survey]:
    """The closed surveys of a kind, the latest first."""
    found = select(Survey).where(
        Survey.project_id == project_id, Survey.kind == kind, Survey.state == CLOSED, Survey.archived_at.is_(None)
    )
    return found.order_by(Survey.closed_at.desc(), Survey.id.desc())


def groups_of(survey_ids: Collection[int]) -> Select[SurveyGroup]:
    """The groups of closed surveys."""
    found = select(SurveyGroup).where(SurveyGroup.survey_id.in_(list(survey_ids)))
    return found.order_by(SurveyGroup.survey_id, SurveyGroup.place)


def counts_of(survey_ids: Collection[int]) -> Rows:
    """Rows (survey_id, place, question_id, value, people, mark, name, kind) of closed surveys."""
    return (
        select(SurveyCount.survey_id, SurveyCount.place, SurveyCount.question_id, SurveyCount.value,
               SurveyCount.people, SurveyQuestion.mark, SurveyQuestion.name, SurveyQuestion.kind)
        .join(SurveyQuestion, SurveyQuestion.id == SurveyCount.question_id)
        .where(SurveyCount.survey_id.in_(list(survey_ids)))
        .order_by(SurveyCount.survey_id, SurveyCount.place, SurveyQuestion.place, SurveyCount.question_id,
                  SurveyCount.value)
    )  # fmt: skip


def sayings_of(*, project_id: int, survey_id: int) -> Rows:
    """Rows (question_id, said) of what people wrote, in the order drawn by lot."""
    found = select(SurveySaying.question_id, SurveySaying.said).where(
        SurveySaying.project_id == project_id, SurveySaying.survey_id == survey_id
    )
    return found.order_by(SurveySaying.question_id, SurveySaying.id)


def names_of_units(grouping: str) -> Rows:
    """The (id, name) rows of teams or areas."""
    model = Team if grouping == "team" else Area
    return select(model.id, model.name)
