"""The fields of a result of training, as files fill them and as they are exported."""

from __future__ import annotations

from decimal import Decimal

from implementor.foundation.fields import Choice, Entity, Field, Kind
from implementor.foundation.words import say
from implementor.training.models import Enrolment

columns = Enrolment.__table__.c
RESULTS = (
    Choice("distinction", say("Distinction"), "ok"),
    Choice("passed", say("Passed"), "ok"),
    Choice("failed", say("Failed"), "off"),
    Choice("withdrawn", say("Withdrawn"), "neutral"),
)
WAYS_OF = (
    Choice("rule", say("By the learning path"), "neutral"),
    Choice("hand", say("By hand"), "neutral"),
    Choice("self", say("By oneself"), "neutral"),
    Choice("import", say("From a file"), "neutral"),
)
MOST = Decimal(100)

TRAINING_RESULT = Entity(
    kind="training_result",
    label=say("Result of training"),
    label_plural=say("Results of training"),
    model=Enrolment,
    default_columns=("result", "score_before", "score_after", "trained_on"),
    default_sort="-trained_on",
    title_field="result",
    unique_order=columns.id,
).declare(
    (
        Field("result", Kind.CHOICE, say("Result"), columns.result, choices=RESULTS),
        Field(
            "score_before", Kind.WHOLE, say("Score before"), columns.score_before, minimum=Decimal(0), maximum=MOST
        ),
        Field("score_after", Kind.WHOLE, say("Score after"), columns.score_after, minimum=Decimal(0), maximum=MOST),
        Field("trained_on", Kind.DATE, say("Trained on"), columns.trained_on),
    )
)  # fmt: skip
"""It has no list of its own: results stand with their session."""

TRAINING_SEAT = Entity(
    kind="training_seat",
    label=say("Seat on a session"),
    label_plural=say("Seats on sessions, without results"),
    model=Enrolment,
    default_columns=("way",),
    default_sort="-way",
    title_field="way",
    unique_order=columns.id,
).declare((Field("way", Kind.CHOICE, say("How"), columns.way, choices=WAYS_OF, editable=False),))
"""Files give no more of a seat than whose it is and on which session."""
