"""Which certificates run out soon, who is to hear of it, and what a certificate is called in other places."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import case, exists, false, func, null, or_, select
from sqlalchemy.orm import aliased

from implementor.audiences.models import AffectedPerson
from implementor.audiences.queries.people import is_here, projects_led_in_change
from implementor.auth.models import User
from implementor.foundation.model import Rows
from implementor.foundation.permissions import Actor, Role
from implementor.projects.models import Membership, Project
from implementor.training.models import COMPLETED, Course, Enrolment

Newer = aliased(Enrolment, name="newer_part")


def running_out(*, today: date, until: date) -> Rows:
    """Rows of certificates whose last day is between two days, both included, and of whose last day nobody was told.

    Those that a newer one replaces, of people who left and of courses and projects put away are left out. `login` is
    the account of the person if it may sign in, `speaks` its language.
    """
    renewed = exists().where(
        Newer.course_id == Enrolment.course_id, Newer.person_id == Enrolment.person_id, Newer.state == COMPLETED,
        or_(Newer.valid_until.is_(None), Newer.valid_until > Enrolment.valid_until),
    )  # fmt: skip
    found = (
        select(
            Enrolment.id, Enrolment.project_id, Enrolment.valid_until, Project.key.label("project_key"),
            Project.name.label("project"), Course.name.label("course"), Course.name_es,
            AffectedPerson.name.label("person"), AffectedPerson.email, AffectedPerson.language,
            User.id.label("login"), User.language.label("speaks"),
        )
        .join(AffectedPerson, AffectedPerson.id == Enrolment.person_id)
        .join(Course, Course.id == Enrolment.course_id)
        .join(Project, Project.id == Enrolment.project_id)
        .outerjoin(User, (User.id == AffectedPerson.user_id) & User.disabled_at.is_(None))
    )  # fmt: skip
    return found.where(
        Enrolment.state == COMPLETED, Enrolment.certificate.is_not(None), Enrolment.valid_until.between(today, until),
        or_(Enrolment.expiry_told_for.is_(None), Enrolment.expiry_told_for != Enrolment.valid_until), ~renewed,
        is_here(today), Course.archived_at.is_(None), Project.archived_at.is_(None),
    ).order_by(Enrolment.project_id, Enrolment.valid_until, AffectedPerson.name_key, Enrolment.id)  # fmt: skip


def leads_of_change(*, project_ids: Iterable[int]) -> Rows:
    """Rows (project_id, user_id, language) of those who lead change in these projects and may sign in."""
    return (
        select(Membership.project_id, User.id.label("user_id"), User.language)
        .join(User, User.id == Membership.user_id)
        .where(
            Membership.project_id.in_(list(project_ids)), Membership.role == str(Role.CHANGE_LEAD),
            Membership.removed_at.is_(None), User.disabled_at.is_(None),
        )
        .order_by(Membership.project_id, User.id)
    )  # fmt: skip


def titles_of_certificates(actor: Actor, ids: Iterable[int]) -> Rows:
    """Rows (id, title, project_key, number) of one's own certificates and of those of projects whose change one leads.

    Only one's own is named by its course, and without a project: what a change lead is told of is about many.
    """
    own = func.coalesce(AffectedPerson.user_id == actor.user_id, false())
    led = Enrolment.project_id.in_(projects_led_in_change(actor)) & (Enrolment.state == COMPLETED)
    return (
        select(Enrolment.id, case((own, Course.name)).label("title"), case((~own, Project.key)).label("project_key"),
               null().label("number"))
        .join(AffectedPerson, AffectedPerson.id == Enrolment.person_id)
        .join(Course, Course.id == Enrolment.course_id)
        .join(Project, Project.id == Enrolment.project_id)
        .where(Enrolment.id.in_(list(ids)), or_(own, led))
    )  # fmt: skip
