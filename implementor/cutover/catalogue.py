"""What the fields of steps of going live and of rehearsals are."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from implementor.audiences.catalogue.shared import LONGEST_TEXT, name_field, named_entity, person_field, wave_field
from implementor.cutover.models import MOST_MINUTES, MOST_NUMBER, CutoverRehearsal, CutoverStep
from implementor.foundation.fields import Choice, Field, Kind
from implementor.foundation.words import say

STATES = (
    Choice("open", say("Not begun"), "neutral"),
    Choice("running", say("Under way"), "review"),
    Choice("done", say("Carried out"), "ok"),
    Choice("failed", say("Has failed"), "off"),
    Choice("skipped", say("Left out"), "neutral"),
)
of_step: Any = CutoverStep.__table__.c
of_rehearsal: Any = CutoverRehearsal.__table__.c
AS_IT_WENT = say("As it went")

CUTOVER_STEP = named_entity(
    CutoverStep, say("Step of going live"), say("Plan of going live"),
    ("number", "name", "wave_id", "owner_id", "after", "starts_at", "minutes", "point_of_no_return", "state"), "number",
)  # fmt: skip
CUTOVER_REHEARSAL = named_entity(
    CutoverRehearsal, say("Rehearsal of going live"), say("Rehearsals of going live"),
    ("name", "wave_id", "held_on", "owner_id", "went_back"), "-held_on",
)  # fmt: skip

if not CUTOVER_STEP.fields:
    CUTOVER_STEP.declare(
        (
            Field("number", Kind.WHOLE, say("Number"), of_step.number, required=True, nullable=False, width="narrow",
                  minimum=Decimal(1), maximum=Decimal(MOST_NUMBER), sortable=True,
                  hint=say("Its place in the plan; other steps wait for it by this number.")),
            name_field(CutoverStep, say("What is done")),
            wave_field(CutoverStep, say("Wave"), required=True, nullable=False),
            person_field(CutoverStep, "owner_id", say("Who carries it out")),
            Field("after", Kind.LINE, say("Waits for"), of_step.after, nullable=False, longest=200, width="narrow",
                  hint=say("The numbers of the steps that must be over before, such as 2, 5.")),
            Field("starts_at", Kind.MOMENT, say("Not before"), of_step.starts_at, sortable=True, filterable=True,
                  hint=say("At least the first step of the plan needs it; the others follow.")),
            Field("minutes", Kind.WHOLE, say("Minutes planned"), of_step.minutes, required=True, nullable=False,
                  width="narrow", minimum=Decimal(0), maximum=Decimal(MOST_MINUTES), begins=lambda _scope: 15),
            Field("point_of_no_return", Kind.YES_NO, say("Point of no return"), of_step.point_of_no_return,
                  nullable=False, filterable=True, begins=lambda _scope: False,
                  hint=say("Once this step has begun, nothing is taken back any more.")),
            Field("way_back", Kind.TEXT, say("Way back"), of_step.way_back, longest=LONGEST_TEXT, nullable=False,
                  hint=say("How this step is taken back, and how long that takes.")),
            Field("state", Kind.CHOICE, say("State"), of_step.state, choices=STATES, nullable=False, editable=False,
                  filterable=True, groupable=True, group=AS_IT_WENT),
            Field("begun_at", Kind.MOMENT, say("Begun"), of_step.begun_at, editable=False, group=AS_IT_WENT),
            Field("ended_at", Kind.MOMENT, say("Ended"), of_step.ended_at, editable=False, group=AS_IT_WENT),
            Field("reason", Kind.LINE, say("Why it failed or was left out"), of_step.reason, editable=False,
                  nullable=False, group=AS_IT_WENT),
        )
    )  # fmt: skip
    CUTOVER_REHEARSAL.declare(
        (
            name_field(CutoverRehearsal, say("Name"), say("Such as first dry run.")),
            wave_field(CutoverRehearsal, say("Wave"), required=True, nullable=False),
            Field("held_on", Kind.DATE, say("Day"), of_rehearsal.held_on, required=True, nullable=False, sortable=True,
                  filterable=True),
            person_field(CutoverRehearsal, "owner_id", say("Led by")),
            Field("findings", Kind.TEXT, say("What it found"), of_rehearsal.findings, longest=LONGEST_TEXT,
                  nullable=False),
            Field("went_back", Kind.YES_NO, say("The way back was rehearsed"), of_rehearsal.went_back, nullable=False,
                  filterable=True, begins=lambda _scope: False),
            Field("evidence", Kind.TEXT, say("Evidence of the way back"), of_rehearsal.evidence, longest=LONGEST_TEXT,
                  nullable=False, hint=say("Where it can be seen: minutes, a log, a link, who was there.")),
        )
    )  # fmt: skip
