"""What the fields of a stage are, and the two that stages add to a project: its method and where it stands."""

from __future__ import annotations

from implementor.foundation.fields import Choice, Entity, Field, Kind, entity
from implementor.foundation.words import say
from implementor.projects.catalogue import PROJECT
from implementor.projects.models import Project
from implementor.stages.models import Gate, Stage
from implementor.stages.queries import furthest_stage

STAGES = (
    Choice("visualization", say("Visualization")),
    Choice("planning", say("Planning")),
    Choice("implementation", say("Implementation")),
    Choice("adoption", say("Adoption")),
    Choice("release", say("Release")),
    Choice("preparation", say("Preparation")),
    Choice("analysis", say("Analysis")),
    Choice("go_live", say("Go-live")),
    Choice("transition", say("Transition management")),
)
METHODS = (
    Choice("agile", say("Agile in five steps")),
    Choice("classic", say("Classic in five phases")),
    Choice("open", say("Five steps without gates")),
)
STATES = (
    Choice("not_started", say("Not started")),
    Choice("current", say("In progress"), "review"),
    Choice("done", say("Done"), "ok"),
)

STAGE = entity(
    Entity(
        kind="stage",
        label=say("Stage"),
        label_plural=say("Stages"),
        model=Stage,
        default_columns=("key", "state"),
        default_sort="position",
        title_field="key",
        unique_order=Stage.__table__.c.id,
    )
)
STAGE.declare(
    (
        Field("key", Kind.CHOICE, say("Stage"), Stage.__table__.c.key, choices=STAGES, editable=False),
        Field("position", Kind.WHOLE, say("Place"), Stage.__table__.c.position, sortable=True, editable=False),
        Field("state", Kind.CHOICE, say("State"), Stage.__table__.c.state, choices=STATES, editable=False),
        Field("entered_at", Kind.MOMENT, say("Entered"), Stage.__table__.c.entered_at, editable=False),
        Field("left_at", Kind.MOMENT, say("Left"), Stage.__table__.c.left_at, editable=False),
    )
)

GATE_STATES = (
    Choice("planned", say("Planned")),
    Choice("prepared", say("Being prepared"), "review"),
    Choice("in_review", say("In review"), "review"),
    Choice("mitigation", say("Mitigation"), "risk"),
    Choice("signed", say("Signed and open"), "ok"),
)
GATE = entity(
    Entity(
        kind="gate",
        label=say("Gate"),
        label_plural=say("Gates"),
        model=Gate,
        default_columns=("title", "state"),
        default_sort="title",
        title_field="title",
        unique_order=Gate.__table__.c.id,
    )
)
GATE.declare(
    (
        Field("title", Kind.LINE, say("Gate"), Gate.__table__.c.title, editable=False),
        Field("state", Kind.CHOICE, say("State"), Gate.__table__.c.state, choices=GATE_STATES, editable=False),
        Field("review_on", Kind.DATE, say("Review planned for"), Gate.__table__.c.review_on, editable=False),
        Field("opened_at", Kind.MOMENT, say("Opened"), Gate.__table__.c.opened_at, editable=False),
        Field("remark", Kind.TEXT, say("What is to be done"), Gate.__table__.c.remark, editable=False),
    )
)

_furthest = furthest_stage()


def extend_project() -> None:
    """Let lists and forms of projects show the stage and ask for the method; called once, from contributions."""
    if "stage" in PROJECT.fields:
        return
    PROJECT.extend(
        Field(
            "stage",
            Kind.CHOICE,
            say("Stage"),
            _furthest,
            choices=STAGES,
            editable=False,
            filterable=True,
            hint=say("The furthest stage in which the project stands."),
        )
    )
    PROJECT.extend(
        Field(
            "method_key",
            Kind.CHOICE,
            say("Method"),
            Project.__table__.c.method_key,
            hint=say("It gives the project its stages and cannot be changed later."),
            required=True,
            choices=METHODS,
            editable=False,
            nullable=False,
        )
    )
