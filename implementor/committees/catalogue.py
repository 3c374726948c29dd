"""What the fields of committees, their members and limits, and of meetings are."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy.orm import aliased

from implementor.auth.models import User
from implementor.auth.queries import people_to_choose
from implementor.committees.models import Committee, CommitteeLimit, CommitteeMember, Meeting
from implementor.committees.permissions import BETWEEN
from implementor.committees.queries.committees import committees_offered
from implementor.foundation.fields import Choice, Entity, Field, Kind, Scope, entity
from implementor.foundation.model import Rows
from implementor.foundation.permissions import PROJECT_ROLES, ROLE_LABELS
from implementor.foundation.words import say
from implementor.projects.queries import people_of_project

QUORUMS = (Choice("share", say("Per cent of the voting members")), Choice("count", say("Number of voting members")))
RHYTHMS = (
    Choice("none", say("When needed")), Choice("weekly", say("Every so many weeks")),
    Choice("monthly", say("Every so many months")),
)  # fmt: skip
WEEKDAYS = tuple(
    Choice(str(number), name)
    for number, name in enumerate(
        (say("Monday"), say("Tuesday"), say("Wednesday"), say("Thursday"), say("Friday"), say("Saturday"),
         say("Sunday"))
    )
)  # fmt: skip
WEEKS = (
    Choice("1", say("The first")), Choice("2", say("The second")), Choice("3", say("The third")),
    Choice("4", say("The fourth")), Choice("5", say("The last")),
)  # fmt: skip
PARTS = (
    Choice("chair", say("Chair"), "accepted"), Choice("member", say("Voting member")), Choice("guest", say("Guest")),
)  # fmt: skip
STATES = (
    Choice("present", say("Present"), "ok"), Choice("excused", say("Excused"), "review"),
    Choice("absent", say("Absent"), "off"),
)  # fmt: skip
ANSWERS = (
    Choice("approved", say("Approved"), "ok"), Choice("refused", say("Refused"), "off"),
    Choice("postponed", say("Postponed"), "review"), Choice("noted", say("Taken note of"), "neutral"),
)  # fmt: skip
LIMITED = tuple(Choice(str(role), ROLE_LABELS[role]) for role in PROJECT_ROLES if role in BETWEEN.roles)
WHEN, ENOUGH = say("When and where"), say("Quorum")
MOST_DAYS = Decimal(3650)
committee, meeting = Committee.__table__.c, Meeting.__table__.c
of_member, of_limit = CommitteeMember.__table__.c, CommitteeLimit.__table__.c
Member = aliased(User, name="committee_member_user")
Of = aliased(Committee, name="meeting_committee")


def people_here(scope: Scope) -> Rows:
    """Everybody with a role in the project, to choose from; for a programme everybody who can sign in."""
    return people_to_choose() if scope.project_id is None else people_of_project(project_id=scope.project_id)


def _choice(name: str, label: Any, column: Any, choices: tuple[Choice, ...], usual: str, **more: Any) -> Field:
    return Field(name, Kind.CHOICE, label, column, choices=choices, required=True, nullable=False,
                 begins=lambda _scope: usual, **more)  # fmt: skip


def _whole(name: str, label: Any, column: Any, bounds: tuple[int, int], usual: int, **more: Any) -> Field:
    low, high = (Decimal(bound) for bound in bounds)
    return Field(name, Kind.WHOLE, label, column, minimum=low, maximum=high, required=True, nullable=False,
                 begins=lambda _scope: usual, **more)  # fmt: skip


COMMITTEE = entity(
    Entity(
        kind="committee", label=say("Committee"), label_plural=say("Committees"), model=Committee,
        default_columns=("name", "purpose", "rhythm", "place"), default_sort="name", title_field="name",
        unique_order=committee.id, search=lambda words: committee.name.icontains(words, autoescape=True),
    )
)  # fmt: skip
COMMITTEE_MEMBER = entity(
    Entity(
        kind="committee_member", label=say("Member of a committee"), label_plural=say("Members of committees"),
        model=CommitteeMember, default_columns=("user_id", "part"), default_sort="part", title_field="part",
        unique_order=of_member.id,
    )
)  # fmt: skip
COMMITTEE_LIMIT = entity(
    Entity(
        kind="committee_limit", label=say("Limit of authority"), label_plural=say("Limits of authority"),
        model=CommitteeLimit, default_columns=("role", "amount", "days"), default_sort="role", title_field="role",
        unique_order=of_limit.id,
    )
)  # fmt: skip
MEETING = entity(
    Entity(
        kind="meeting", label=say("Meeting"), label_plural=say("Meetings"), model=Meeting,
        default_columns=("starts_at", "title", "committee_id", "place", "begun_at", "closed_at"),
        default_sort="-starts_at", title_field="title", unique_order=meeting.id,
        search=lambda words: meeting.title.icontains(words, autoescape=True),
    )
)  # fmt: skip
if not COMMITTEE.fields:
    COMMITTEE.declare(
        (
            Field("name", Kind.LINE, say("Name"), committee.name, required=True, sortable=True, nullable=False),
            Field("purpose", Kind.TEXT, say("Purpose"), committee.purpose, longest=2000, width="wide",
                  hint=say("What it decides and what it leaves to others.")),
            _choice("quorum_kind", say("Quorum as"), committee.quorum_kind, QUORUMS, "share", group=ENOUGH),
            _whole("quorum", say("Quorum"), committee.quorum, (1, 100), 50, group=ENOUGH,
                   hint=say("So many voting members, or so many per cent of them, have to be there to decide.")),
            _choice("rhythm", say("Meets"), committee.rhythm, RHYTHMS, "monthly", group=WHEN, filterable=True),
            _whole("every", say("Every (weeks or months)"), committee.every, (1, 12), 1, group=WHEN),
            _choice("week", say("Which one of the month"), committee.week, WEEKS, "1", group=WHEN),
            _choice("weekday", say("Weekday"), committee.weekday, WEEKDAYS, "0", group=WHEN),
            Field("clock", Kind.LINE, say("At"), committee.clock, required=True, nullable=False, group=WHEN, longest=5,
                  hint=say("Hours and minutes, such as 09:30."), begins=lambda _scope: "09:00"),
            Field("time_zone", Kind.LINE, say("Time zone"), committee.time_zone, required=True, nullable=False,
                  group=WHEN, hint=say("Such as America/Caracas."), begins=lambda scope: scope.actor.time_zone),
            Field("first_on", Kind.DATE, say("Counted from"), committee.first_on, group=WHEN,
                  hint=say("The first day of the rhythm; empty for now.")),
            _whole("length_minutes", say("Length in minutes"), committee.length_minutes, (5, 600), 60, group=WHEN),
            Field("place", Kind.LINE, say("Place"), committee.place, group=WHEN),
            Field("link", Kind.URL, say("Link"), committee.link, group=WHEN, hint=say("Where people join from afar.")),
        )
    )  # fmt: skip
    COMMITTEE_MEMBER.declare(
        (
            Field("user_id", Kind.REFERENCE, say("Person"), of_member.user_id, options=people_here, required=True,
                  shown=Member.name, join=lambda found: found.outerjoin(Member, Member.id == CommitteeMember.user_id),
                  is_person=True, nullable=False),
            _choice("part", say("Part on the committee"), of_member.part, PARTS, "member"),
            Field("starts_on", Kind.DATE, say("From"), of_member.starts_on),
            Field("ends_on", Kind.DATE, say("Until"), of_member.ends_on),
        )
    )  # fmt: skip
    COMMITTEE_LIMIT.declare(
        (
            _choice("role", say("Role"), of_limit.role, LIMITED, "project_lead"),
            Field("amount", Kind.MONEY, say("Up to this amount"), of_limit.amount, currency=of_limit.currency,
                  minimum=Decimal(0), hint=say("Empty: nothing that costs more is decided alone.")),
            Field("days", Kind.WHOLE, say("Up to so many days of delay"), of_limit.days, minimum=Decimal(0),
                  maximum=MOST_DAYS, hint=say("Empty: nothing that comes later is decided alone.")),
        )
    )  # fmt: skip
    MEETING.declare(
        (
            Field("title", Kind.LINE, say("Title"), meeting.title, required=True, nullable=False, sortable=True,
                  width="wide"),
            Field("committee_id", Kind.REFERENCE, say("Committee"), meeting.committee_id, editable=False,
                  options=committees_offered, shown=Of.name, filterable=True,
                  join=lambda found: found.outerjoin(Of, Of.id == Meeting.committee_id)),
            Field("starts_at", Kind.MOMENT, say("Begins"), meeting.starts_at, required=True, nullable=False,
                  sortable=True, filterable=True),
            _whole("length_minutes", say("Length in minutes"), meeting.length_minutes, (5, 600), 60),
            Field("place", Kind.LINE, say("Place"), meeting.place),
            Field("link", Kind.URL, say("Link"), meeting.link, hint=say("Where people join from afar.")),
            Field("begun_at", Kind.MOMENT, say("Was begun"), meeting.begun_at, editable=False),
            Field("closed_at", Kind.MOMENT, say("Was closed"), meeting.closed_at, editable=False, filterable=True),
        )
    )  # fmt: skip
