"""What the fields of programmes, projects and memberships are."""

from __future__ import annotations

from sqlalchemy import select

from implementor.auth.models import User
from implementor.calendars.countries import CountryName, country_codes
from implementor.foundation.fields import Choice, Entity, Field, Kind, Scope, entity
from implementor.foundation.model import Rows
from implementor.foundation.permissions import PROJECT_ROLES, ROLE_LABELS
from implementor.foundation.words import say
from implementor.projects.models import Membership, Programme, Project
from implementor.projects.queries import people_of_project, programmes_offered

COUNTRIES = tuple(Choice(code, CountryName(code)) for code in sorted(country_codes()))
ROLES = tuple(Choice(str(role), ROLE_LABELS[role]) for role in PROJECT_ROLES)
DEPLOYMENTS = (Choice("hosted", say("Hosted by the supplier")), Choice("own_servers", say("On our own servers")))
STATUSES = (
    Choice("active", say("Active"), "ok"),
    Choice("paused", say("Paused"), "risk"),
    Choice("closed", say("Closed"), "accepted"),
    Choice("handed_on", say("Handed on"), "accepted"),
)
WHEN = say("Dates")
WHERE = say("Calendar")


def _programmes(scope: Scope) -> Rows:
    return programmes_offered(scope.actor)


def _people(scope: Scope) -> Rows:
    if scope.project_id is None:
        return select(User.id, User.name).where(User.disabled_at.is_(None)).order_by(User.name_key, User.id)
    return people_of_project(project_id=scope.project_id)


def _join_programme(statement: Rows) -> Rows:
    return statement.join(Programme, Programme.id == Project.programme_id)


PROJECT = entity(
    Entity(
        kind="project",
        label=say("Project"),
        label_plural=say("Projects"),
        model=Project,
        default_columns=("key", "name", "stage", "status", "starts_on", "ends_on"),
        default_sort="key",
        title_field="name",
        unique_order=Project.__table__.c.id,
        search=lambda words: (
            Project.name.icontains(words, autoescape=True) | Project.key.icontains(words, autoescape=True)
        ),
    )
)
PROJECT.declare(
    (
        Field(
            "key",
            Kind.LINE,
            say("Key"),
            Project.__table__.c.key,
            hint=say("2 to 10 capitals or digits, beginning with a letter, such as VEN. It stays for ever."),
            required=True,
            longest=10,
            editable=False,
            sortable=True,
            nullable=False,
        ),
        Field(
            "name",
            Kind.LINE,
            say("Name"),
            Project.__table__.c.name,
            required=True,
            longest=120,
            sortable=True,
            nullable=False,
        ),
        Field(
            "purpose",
            Kind.TEXT,
            say("Purpose"),
            Project.__table__.c.purpose,
            hint=say("What will be better when it is done, in a sentence or two."),
            longest=2000,
        ),
        Field(
            "programme_id",
            Kind.REFERENCE,
            say("Programme"),
            Project.__table__.c.programme_id,
            options=_programmes,
            shown=Programme.__table__.c.name,
            join=_join_programme,
            filterable=True,
            sortable=True,
            sort_column=Programme.__table__.c.name_key,
            nullable=False,
        ),
        Field(
            "status",
            Kind.CHOICE,
            say("Status"),
            Project.__table__.c.status,
            required=True,
            choices=STATUSES,
            filterable=True,
            sortable=True,
            groupable=True,
            nullable=False,
        ),
        Field(
            "starts_on",
            Kind.DATE,
            say("Starts"),
            Project.__table__.c.starts_on,
            group=WHEN,
            filterable=True,
            sortable=True,
        ),
        Field(
            "ends_on", Kind.DATE, say("Ends"), Project.__table__.c.ends_on, group=WHEN, filterable=True, sortable=True
        ),
        Field(
            "country",
            Kind.CHOICE,
            say("Country of the calendar"),
            Project.__table__.c.country,
            hint=say("Its public holidays count as days off."),
            group=WHERE,
            required=True,
            choices=COUNTRIES,
            nullable=False,
        ),
        Field(
            "region",
            Kind.LINE,
            say("Region"),
            Project.__table__.c.region,
            hint=say("Where regions have holidays of their own."),
            group=WHERE,
            longest=40,
        ),
        Field(
            "deployment",
            Kind.CHOICE,
            say("Where the CRM runs"),
            Project.__table__.c.deployment,
            required=True,
            choices=DEPLOYMENTS,
            filterable=True,
            nullable=False,
        ),
    )
)

PROGRAMME = entity(
    Entity(
        kind="programme",
        label=say("Programme"),
        label_plural=say("Programmes"),
        model=Programme,
        default_columns=("name", "country", "currency"),
        default_sort="name",
        title_field="name",
        unique_order=Programme.__table__.c.id,
    )
)
PROGRAMME.declare(
    (
        Field(
            "name",
            Kind.LINE,
            say("Name"),
            Programme.__table__.c.name,
            required=True,
            longest=120,
            sortable=True,
            sort_column=Programme.__table__.c.name_key,
            nullable=False,
        ),
        Field("purpose", Kind.TEXT, say("Purpose"), Programme.__table__.c.purpose, longest=2000),
        Field("sponsor_id", Kind.REFERENCE, say("Sponsor"), Programme.__table__.c.sponsor_id, options=_people),
        Field(
            "currency",
            Kind.LINE,
            say("Currency"),
            Programme.__table__.c.currency,
            required=True,
            longest=3,
            nullable=False,
        ),
        Field(
            "country",
            Kind.CHOICE,
            say("Country of the calendar"),
            Programme.__table__.c.country,
            required=True,
            choices=COUNTRIES,
            nullable=False,
        ),
        Field("region", Kind.LINE, say("Region"), Programme.__table__.c.region, longest=40),
        Field("starts_on", Kind.DATE, say("Starts"), Programme.__table__.c.starts_on),
        Field("ends_on", Kind.DATE, say("Ends"), Programme.__table__.c.ends_on),
    )
)

MEMBERSHIP = entity(
    Entity(
        kind="membership",
        label=say("Role of a person"),
        label_plural=say("People"),
        model=Membership,
        default_columns=("user_id", "role"),
        default_sort="role",
        title_field="role",
        unique_order=Membership.__table__.c.id,
    )
)
MEMBERSHIP.declare(
    (
        Field(
            "user_id",
            Kind.REFERENCE,
            say("Person"),
            Membership.__table__.c.user_id,
            required=True,
            options=_people,
            editable=False,
            personal=True,
            nullable=False,
        ),
        Field(
            "role",
            Kind.CHOICE,
            say("Role"),
            Membership.__table__.c.role,
            required=True,
            choices=ROLES,
            sortable=True,
            nullable=False,
        ),
        Field("removed_at", Kind.MOMENT, say("Removed"), Membership.__table__.c.removed_at, editable=False),
    )
)
