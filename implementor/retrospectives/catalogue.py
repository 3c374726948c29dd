"""The fields of retrospectives and lessons, said once for their lists, forms, export and history."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy.orm import aliased

from implementor.auth.models import User
from implementor.finance.catalogue import waves_offered
from implementor.foundation.fields import Choice, Entity, Field, Kind, entity
from implementor.foundation.words import say
from implementor.metrics.catalogue import people_offered
from implementor.retrospectives.formats import FORMATS
from implementor.retrospectives.models import Lesson, Retrospective
from implementor.retrospectives.queries.lessons import says
from implementor.waves.models import Wave

PHASES = (
    Choice("collect", say("Collecting"), "review"),
    Choice("reveal", say("Revealed"), "review"),
    Choice("group", say("Putting together"), "review"),
    Choice("vote", say("Voting"), "review"),
    Choice("act", say("Agreeing on actions"), "review"),
    Choice("closed", say("Closed"), "ok"),
)
PHASE_OF = {choice.key: choice for choice in PHASES}
NAMES = (Choice("named", say("With names")), Choice("anonymous", say("Anonymous")))
of_retro, of_lesson = Retrospective.__table__.c, Lesson.__table__.c
Facilitator = aliased(User, name="facilitator")
RetroWave, LessonWave = aliased(Wave, name="retrospective_wave"), aliased(Wave, name="lesson_wave")


def _joined(other: Any, key: Any) -> Any:
    return lambda statement: statement.outerjoin(other, other.id == key)


RETROSPECTIVE = entity(
    Entity(
        kind="retrospective",
        label=say("Retrospective"),
        label_plural=say("Retrospectives"),
        model=Retrospective,
        default_columns=("title", "wave_id", "held_on", "phase", "facilitator_id"),
        default_sort="-held_on",
        title_field="title",
        unique_order=of_retro.id,
        search=lambda words: of_retro.title.icontains(words, autoescape=True),
    )
)
LESSON = entity(
    Entity(
        kind="lesson",
        label=say("Lesson"),
        label_plural=say("Lessons"),
        model=Lesson,
        default_columns=("title", "recommendation", "tags", "wave_id", "kept_at", "shared_at"),
        default_sort="title",
        title_field="title",
        unique_order=of_lesson.id,
        search=says,
    )
)
if not RETROSPECTIVE.fields:
    RETROSPECTIVE.declare(
        (
            Field("title", Kind.LINE, say("Title"), of_retro.title, required=True, longest=160, nullable=False,
                  width="wide"),
            Field(
                "wave_id", Kind.REFERENCE, say("Wave"), of_retro.wave_id, options=waves_offered, shown=RetroWave.name,
                join=_joined(RetroWave, Retrospective.wave_id), filterable=True, groupable=True,
                hint=say("Left empty, the whole project is looked back on."),
            ),
            Field("held_on", Kind.DATE, say("Day"), of_retro.held_on, filterable=True, sortable=True),
            Field(
                "facilitator_id", Kind.REFERENCE, say("Who leads through it"), of_retro.facilitator_id,
                options=people_offered, shown=Facilitator.name, join=_joined(Facilitator, Retrospective.facilitator_id),
                filterable=True, groupable=True, is_person=True,
            ),
            Field(
                "format", Kind.CHOICE, say("Format"), of_retro.format, required=True, nullable=False, choices=FORMATS,
                filterable=True, begins=lambda _scope: "start_stop",
            ),
            Field("own_columns", Kind.TEXT, say("Columns of our own"), of_retro.own_columns, longest=400,
                  hint=say("One a line, two to six; only for the format with columns of our own.")),
            Field(
                "names", Kind.CHOICE, say("Names beside notes"), of_retro.names, required=True, nullable=False,
                choices=NAMES, begins=lambda _scope: "named",
                hint=say("Anonymous notes and votes lead to nobody, not even for who runs the program."),
            ),
            Field(
                "votes_each", Kind.WHOLE, say("Votes for each person"), of_retro.votes_each, required=True,
                nullable=False, minimum=Decimal(0), maximum=Decimal(20), begins=lambda _scope: 3, width="narrow",
            ),
            Field("phase", Kind.CHOICE, say("Phase"), of_retro.phase, choices=PHASES, editable=False, nullable=False,
                  filterable=True, groupable=True),
        )
    )  # fmt: skip
    LESSON.declare(
        (
            Field("title", Kind.LINE, say("Title"), of_lesson.title, required=True, longest=160, sortable=True,
                  nullable=False, width="wide"),
            Field("context", Kind.TEXT, say("Context"), of_lesson.context, longest=4000,
                  hint=say("In which situation: the area, the data, the people.")),
            Field("what_happened", Kind.TEXT, say("What happened"), of_lesson.what_happened, longest=4000),
            Field("recommendation", Kind.TEXT, say("What others should do"), of_lesson.recommendation, longest=4000,
                  width="wide"),
            Field("tags", Kind.TAGS, say("Tags"), of_lesson.tags, longest=60, hint=say("Separate tags with commas.")),
            Field(
                "wave_id", Kind.REFERENCE, say("Wave"), of_lesson.wave_id, options=waves_offered,
                shown=LessonWave.name, join=_joined(LessonWave, Lesson.wave_id), filterable=True, groupable=True,
            ),
            Field("kept_at", Kind.MOMENT, say("Kept"), of_lesson.kept_at, editable=False, filterable=True),
            Field("shared_at", Kind.MOMENT, say("Shared with everybody"), of_lesson.shared_at, editable=False,
                  filterable=True),
        )
    )  # fmt: skip
