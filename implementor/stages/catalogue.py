"""What the fields of a stage are, and the two that stages add to a project: its method and where it stands."""

from __future__ import annotations

from implementor.foundation.fields import Choice, Entity, Field, Kind, entity
from implementor.foundation.words import say
from implementor.projects.catalogue import PROJECT
from implementor.projects.models import Project
from implementor.stages.models import Stage
from implementor.stages.queries import furthest_stage

STAGES = (
    Choice("visualization", say("Visualization")),
    Choice("planning", say("Planning")),
    Choice("implementation", say("Implementation")),
    Choice("adoption", say("Adoption")),
    Choice("release", say("Release")),
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
            choices=(Choice("agile", say("Agile in five steps")),),
            editable=False,
            nullable=False,
        )
    )
