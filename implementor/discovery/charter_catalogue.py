"""The fields of a project's charter."""

from __future__ import annotations

from decimal import Decimal

from implementor.discovery.charter_models import Charter
from implementor.foundation.fields import Entity, Field, Kind, entity
from implementor.foundation.words import say

of = Charter.__table__.c
SCOPE, WORKING, LIMITS = say("Scope"), say("Rules of collaboration"), say("Limits")
LONGEST = 8000
CHARTER = entity(
    Entity(
        kind="charter",
        label=say("Project charter"),
        label_plural=say("Project charters"),
        model=Charter,
        default_columns=("title", "edition", "signed_at", "ended_at"),
        default_sort="-edition",
        title_field="title",
        unique_order=of.id,
    )
)
if not CHARTER.fields:
    CHARTER.declare(
        (
            Field("title", Kind.LINE, say("Title"), of.title, required=True, nullable=False, sortable=True,
                  width="wide"),
            Field("edition", Kind.WHOLE, say("Edition"), of.edition, editable=False, sortable=True, nullable=False,
                  width="narrow"),
            Field("purpose", Kind.MARKDOWN, say("Purpose"), of.purpose, longest=LONGEST,
                  hint=say("Why the company does this, and what happens if it does not.")),
            Field("scope_in", Kind.MARKDOWN, say("What belongs to it"), of.scope_in, longest=LONGEST, group=SCOPE,
                  hint=say("Areas, processes, systems and data, one a line.")),
            Field("scope_out", Kind.MARKDOWN, say("What does not belong to it"), of.scope_out, longest=LONGEST,
                  group=SCOPE, hint=say("What somebody could expect and will not get.")),
            Field("rules", Kind.MARKDOWN, say("Rules of collaboration"), of.rules, longest=LONGEST, group=WORKING,
                  hint=say("How often people meet, how fast they answer, how they settle a dispute.")),
            Field("budget_amount", Kind.MONEY, say("Money at most"), of.budget_amount, currency=of.budget_currency,
                  minimum=Decimal(0), group=LIMITS),
            Field("starts_on", Kind.DATE, say("Begins"), of.starts_on, group=LIMITS),
            Field("ends_on", Kind.DATE, say("Ends at the latest"), of.ends_on, group=LIMITS),
            Field("authority", Kind.MARKDOWN, say("Who decides what alone"), of.authority, longest=LONGEST,
                  group=LIMITS, hint=say("Up to which amount and how many days each role decides without asking.")),
            Field("signed_at", Kind.MOMENT, say("Signed"), of.signed_at, editable=False, filterable=True,
                  sortable=True),
            Field("ended_at", Kind.MOMENT, say("Replaced"), of.ended_at, editable=False, filterable=True),
        )
    )  # fmt: skip
