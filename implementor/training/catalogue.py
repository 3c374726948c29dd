"""What the fields of courses, their topics, learning paths and sessions are."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from implementor.audiences.catalogue.impacts import stories_offered
from implementor.audiences.catalogue.shared import joined, name_field, named_entity, person_field
from implementor.foundation.fields import Choice, Field, Kind, Scope
from implementor.foundation.model import Rows
from implementor.foundation.words import say, speech
from implementor.stories.models import Story
from implementor.training.models import (
    MOST_SEATS,
    PASS_MARK,
    Course,
    CourseTopic,
    Enrolment,
    PathStep,
    TrainingSession,
)

KINDS = (
    Choice("use", say("Use")),
    Choice("benefits", say("Benefits")),
    Choice("attitude", say("Attitude")),
    Choice("trainer", say("Train the trainer")),
)
STATES = (
    Choice("planned", say("Planned"), "neutral"),
    Choice("open", say("Open for booking"), "ok"),
    Choice("closed", say("Held"), "neutral"),
    Choice("cancelled", say("Called off"), "off"),
)
LONGEST_MATERIALS = 20_000
of_course, of_session = Course.__table__.c, TrainingSession.__table__.c
of_topic, of_step = CourseTopic.__table__.c, PathStep.__table__.c
TopicStory = aliased(Story, name="topic_story")
TAKEN: Any = (
    select(func.count()).where(Enrolment.session_id == of_session.id).correlate(TrainingSession).scalar_subquery()
)
"""How many seats of a session somebody has."""
COUNTING = say("What counts")


def courses_offered(scope: Scope) -> Rows:
    """The (id, name) rows of the courses in use."""
    found = select(Course.id, Course.name).where(Course.project_id == scope.project_id, Course.archived_at.is_(None))
    return found.order_by(Course.name_key, Course.id)


COURSE = named_entity(
    Course, say("Training course"), say("Training courses"), ("name", "kind", "minutes", "pass_mark", "valid_months")
)
COURSE_TOPIC = named_entity(
    CourseTopic, say("Topic of a course"), say("Topics of courses"), ("name", "course_id", "story_id")
)
PATH_STEP = named_entity(
    PathStep, say("Step of a learning path"), say("Learning paths"), ("name", "position", "course_id", "is_required")
)
TRAINING_SESSION = named_entity(
    TrainingSession, say("Training session"), say("Training sessions"),
    ("name", "course_id", "starts_at", "place", "taken", "seats", "trainer_id", "state"), "-starts_at",
)  # fmt: skip


def _course_field(model: Any) -> Field:
    return joined(model, Course, "course_id", say("Training course"), courses_offered, required=True, nullable=False)


if not COURSE.fields:
    COURSE.declare(
        (
            name_field(Course, say("Name")),
            Field("name_es", Kind.LINE, say("Name in Spanish"), of_course.name_es, longest=160, width="wide",
                  hint=say("The name above, when left empty.")),
            Field(
                "kind", Kind.CHOICE, say("Kind"), of_course.kind, required=True, choices=KINDS, nullable=False,
                filterable=True, groupable=True, bulk=True, begins=lambda _scope: "use",
                hint=say("What people learn: to use the CRM, what it is good for, how to stand to it, or to teach it."),
            ),
            Field(
                "minutes", Kind.WHOLE, say("Length in minutes"), of_course.minutes, required=True, nullable=False,
                width="narrow", minimum=Decimal(1), maximum=Decimal(100_000), begins=lambda _scope: 60, sortable=True,
            ),
            Field(
                "pass_mark", Kind.WHOLE, say("Points to pass"), of_course.pass_mark, group=COUNTING, nullable=False,
                minimum=Decimal(0), maximum=Decimal(100), width="narrow", begins=lambda _scope: PASS_MARK,
                hint=say("Out of 100. With 0 it is enough to have been there."),
            ),
            Field(
                "valid_months", Kind.WHOLE, say("Counts for months"), of_course.valid_months, group=COUNTING,
                minimum=Decimal(1), maximum=Decimal(120), width="narrow", hint=say("For good, when left empty."),
            ),
            Field("materials", Kind.MARKDOWN, say("Materials"), of_course.materials, longest=LONGEST_MATERIALS,
                  nullable=False, hint=say("What participants read before and after, with links.")),
        )
    )  # fmt: skip
    COURSE_TOPIC.declare(
        (
            name_field(CourseTopic, say("Topic"), say("What people can do after it.")),
            _course_field(CourseTopic),
            Field(
                "story_id", Kind.REFERENCE, say("Story"), of_topic.story_id, options=stories_offered,
                shown=TopicStory.title, filterable=True,
                join=lambda found: found.outerjoin(TopicStory, TopicStory.id == of_topic.story_id),
                hint=say("The story that brings it to the CRM, with its settings."),
            ),
        )
    )  # fmt: skip
    PATH_STEP.declare(
        (
            name_field(PathStep, say("Job role"), say("As it stands with the people affected.")),
            Field(
                "position", Kind.WHOLE, say("Place on the path"), of_step.position, required=True, nullable=False,
                minimum=Decimal(1), maximum=Decimal(1000), width="narrow", begins=lambda _scope: 1,
            ),
            _course_field(PathStep),
            Field("is_required", Kind.YES_NO, say("Required"), of_step.is_required, nullable=False, filterable=True,
                  bulk=True, begins=lambda _scope: True),
        )
    )  # fmt: skip
    TRAINING_SESSION.declare(
        (
            name_field(TrainingSession, say("Name"), say("Such as the group or the day.")),
            _course_field(TrainingSession),
            Field(
                "starts_at", Kind.MOMENT, say("Begins"), of_session.starts_at, required=True, nullable=False,
                filterable=True, sortable=True,
                hint=say("In your own time; participants elsewhere read their own and that of the place."),
            ),
            Field(
                "zone", Kind.LINE, say("Time zone of the place"), of_session.zone, required=True, nullable=False,
                begins=lambda _scope: str(speech().zone), hint=say("Such as America/Bogota."),
            ),
            Field("place", Kind.LINE, say("Place"), of_session.place, filterable=True),
            Field("link", Kind.URL, say("Link"), of_session.link, longest=500),
            Field("taken", Kind.WHOLE, say("Seats taken"), TAKEN, editable=False, width="narrow"),
            Field(
                "seats", Kind.WHOLE, say("Seats"), of_session.seats, required=True, nullable=False, width="narrow",
                minimum=Decimal(1), maximum=Decimal(MOST_SEATS), begins=lambda _scope: 12,
            ),
            person_field(TrainingSession, "trainer_id", say("Trainer")),
            Field("state", Kind.CHOICE, say("State"), of_session.state, choices=STATES, nullable=False, editable=False,
                  filterable=True, groupable=True),
        )
    )  # fmt: skip
