"""What the fields of audiences, of the people in them and of stakeholders are."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import select

from implementor.audiences.catalogue.shared import (
    LONGEST_TEXT,
    area_field,
    audience_field,
    joined,
    name_field,
    named_entity,
    person_field,
)
from implementor.audiences.models import AffectedPerson, Audience, Stakeholder
from implementor.audiences.models.audiences import PEOPLE_PER_CHAMPION
from implementor.audiences.queries.people import people_shown_to
from implementor.auth.models import Team
from implementor.auth.queries import teams_to_choose
from implementor.foundation.fields import Choice, Field, Kind, Scope
from implementor.foundation.model import Rows
from implementor.foundation.words import say

KINDS = (
    Choice("area", say("Area")),
    Choice("team", say("Team")),
    Choice("role", say("Job role")),
    Choice("group", say("Group of its own")),
)
REACTIONS = (
    Choice("supports", say("Supports it"), "ok"),
    Choice("leans_to", say("Leans to it"), "ok"),
    Choice("neutral", say("Neutral"), "neutral"),
    Choice("doubts", say("Doubts it"), "risk"),
    Choice("resists", say("Resists it"), "off"),
)
LANGUAGES = (Choice("en", say("English")), Choice("es", say("Spanish")))
of_audience, of_person = Audience.__table__.c, AffectedPerson.__table__.c
of_stakeholder = Stakeholder.__table__.c
SIZE, WORK = say("How many they are"), say("Work")


def managers_offered(scope: Scope) -> Rows:
    """The (id, name) rows of the people affected whom the reader sees."""
    seen = people_shown_to(scope.actor, project_id=scope.project_id or 0).subquery()
    return select(AffectedPerson.id, AffectedPerson.name).where(AffectedPerson.id.in_(select(seen.c.id))).order_by(
        AffectedPerson.name_key, AffectedPerson.id
    )  # fmt: skip


def _teams(_scope: Scope) -> Rows:
    return teams_to_choose()


AUDIENCE = named_entity(
    Audience, say("Audience"), say("Audiences"), ("name", "kind", "area_id", "team_id", "job_role", "stated_size")
)
AFFECTED_PERSON = named_entity(
    AffectedPerson, say("Affected person"), say("Affected people"),
    ("name", "email", "area_id", "team_id", "job_role", "manager_id", "left_on"),
)  # fmt: skip
STAKEHOLDER = named_entity(
    Stakeholder, say("Stakeholder"), say("Stakeholders"),
    ("name", "position", "impact", "influence", "reaction", "owner_id"),
)  # fmt: skip


def _step(name: str, column: Any, hint: str) -> Field:
    label = {"impact": say("Impact on them"), "influence": say("Influence of theirs")}[name]
    return Field(
        name, Kind.WHOLE, label, column, required=True, minimum=Decimal(1), maximum=Decimal(5), nullable=False,
        filterable=True, sortable=True, groupable=True, width="narrow", begins=lambda _scope: 3, bulk=True,
        hint={"impact": say("From 1, hardly any, to 5, their work is another one."),
              "influence": say("From 1, hardly any, to 5, nothing happens without them.")}[hint],
    )  # fmt: skip


if not AUDIENCE.fields:
    AUDIENCE.declare(
        (
            name_field(Audience, say("Name")),
            Field(
                "kind", Kind.CHOICE, say("Kind"), of_audience.kind, required=True, choices=KINDS, nullable=False,
                filterable=True, groupable=True, begins=lambda _scope: "group",
            ),
            area_field(Audience, say("Area")),
            joined(Audience, Team, "team_id", say("Team"), _teams),
            Field("job_role", Kind.LINE, say("Job role"), of_audience.job_role, filterable=True),
            Field(
                "stated_size", Kind.WHOLE, say("People stated"), of_audience.stated_size, group=SIZE, sortable=True,
                minimum=Decimal(0), maximum=Decimal(1_000_000), width="narrow",
                hint=say("How many they are where they are not listed by name."),
            ),
            Field(
                "people_per_champion", Kind.WHOLE, say("People for each champion"), of_audience.people_per_champion,
                group=SIZE, minimum=Decimal(1), maximum=Decimal(1000), width="narrow", nullable=False,
                begins=lambda _scope: PEOPLE_PER_CHAMPION,
                hint=say("One champion stands by 10 to 15 people; 15 when left empty."),
            ),
            Field("notes", Kind.TEXT, say("Notes"), of_audience.notes, longest=LONGEST_TEXT, nullable=False),
        )
    )  # fmt: skip
    AFFECTED_PERSON.declare(
        (
            name_field(AffectedPerson, say("Name"), longest=120),
            Field("email", Kind.EMAIL, say("E-mail"), of_person.email, personal=True,
                  hint=say("A login with this address is linked by itself.")),
            Field("language", Kind.CHOICE, say("Language"), of_person.language, choices=LANGUAGES, bulk=True),
            area_field(AffectedPerson, say("Area"), group=WORK),
            joined(AffectedPerson, Team, "team_id", say("Team"), _teams, group=WORK, bulk=True),
            Field("job_role", Kind.LINE, say("Job role"), of_person.job_role, group=WORK, filterable=True,
                  sortable=True, sort_column=of_person.job_role_key, bulk=True),
            joined(AffectedPerson, AffectedPerson, "manager_id", say("Manager"), managers_offered, group=WORK),
            Field("hired_on", Kind.DATE, say("In the company since"), of_person.hired_on, group=WORK, filterable=True),
            Field("left_on", Kind.DATE, say("Last day in the company"), of_person.left_on, group=WORK,
                  filterable=True),
        )
    )  # fmt: skip
    STAKEHOLDER.declare(
        (
            name_field(Stakeholder, say("Person or body")),
            Field("position", Kind.LINE, say("Position"), of_stakeholder.position),
            audience_field(Stakeholder, say("Speaks for the audience")),
            _step("impact", of_stakeholder.impact, "impact"),
            _step("influence", of_stakeholder.influence, "influence"),
            Field(
                "reaction", Kind.CHOICE, say("Expected reaction"), of_stakeholder.reaction, required=True,
                choices=REACTIONS, nullable=False, filterable=True, groupable=True, bulk=True,
                begins=lambda _scope: "neutral",
            ),
            Field("tactics", Kind.TEXT, say("Tactics"), of_stakeholder.tactics, longest=LONGEST_TEXT, nullable=False,
                  hint=say("What is done so that they help, or do not stand in the way.")),
            person_field(Stakeholder, "owner_id", say("Owner")),
        )
    )  # fmt: skip
