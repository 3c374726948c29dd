"""The fields of a project in the portfolio: its own, and how it stands."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import bindparam, case

from implementor.foundation.fields import Choice, Entity, Field, Kind, entity
from implementor.foundation.model import BigId, Column
from implementor.foundation.words import say
from implementor.portfolio.present import standings
from implementor.portfolio.queries import last_moved, late_milestones
from implementor.portfolio.standing_words import NOTHING, gate_words, money_words, promise_words
from implementor.portfolio.standings import NO_BUDGET, OVER, WITHIN
from implementor.projects.catalogue import PROJECT
from implementor.projects.models import Project
from implementor.status.health import AMBER, COLOURS, GREEN, NOT_MEASURED, RED
from implementor.web.unit_of_work import today

SILENT_DAYS = 14
"""A project in which nothing was done for so long is silent: ten working days."""
WORST_FIRST = (RED, AMBER, GREEN, NOT_MEASURED)


def _in(colour: str) -> Column:
    """Projects of a colour: health is computed, so the statement is told whose it is when it runs."""
    ids = bindparam(f"in_{colour}", callable_=lambda: standings().in_colour(colour), expanding=True, type_=BigId)
    return Project.id.in_(ids)


def _why(project_id: int, _shown: Any = None) -> str:
    found = standings().health.get(project_id)
    return str(found.sentence) if found else NOTHING


def gate_text(project_id: int, _shown: Any = None) -> str:
    """The next gate of a project of the reader with its day, in words."""
    return gate_words(standings().gates.get(project_id), today())


def promise_text(project_id: int, _shown: Any = None) -> str:
    """How its milestones stand against what was promised, in words: the latest one, or the next."""
    return promise_words(standings().slips.get(project_id, ()))


def _money_in(state: str) -> Column:
    """Projects whose money is in a state, as far as the reader sees money."""
    ids = bindparam(f"money_{state}", callable_=lambda: standings().with_money(state), expanding=True, type_=BigId)
    return Project.id.in_(ids)


def _money(project_id: int, _shown: Any = None) -> str:
    return money_words(standings().money.get(project_id))


MONEY_STATES = (
    Choice(OVER, say("Over the limit"), "off"),
    Choice(WITHIN, say("Within the limit"), "ok"),
    Choice(NO_BUDGET, say("No budget in sight"), "neutral"),
)

COMPUTED = (
    Field(
        "health", Kind.CHOICE, say("Health"),
        case((_in(RED), RED), (_in(AMBER), AMBER), (_in(GREEN), GREEN), else_=NOT_MEASURED),
        choices=COLOURS, editable=False, filterable=True, sortable=True, groupable=True, nullable=False,
        sort_column=case((_in(RED), 0), (_in(AMBER), 1), (_in(GREEN), 2), else_=3),
        hint=say("The worst of six dimensions, each computed by a stated rule."),
    ),
    Field("why", Kind.LINE, say("Why"), Project.__table__.c.id, editable=False, told=_why),
    Field("next_gate", Kind.LINE, say("Next gate"), Project.__table__.c.id, editable=False, told=gate_text),
    Field(
        "budget", Kind.CHOICE, say("Budget"),
        case((_money_in(OVER), OVER), (_money_in(WITHIN), WITHIN), else_=NO_BUDGET),
        choices=MONEY_STATES, editable=False, filterable=True, sortable=True, groupable=True, nullable=False,
        hint=say("The forecast at completion against the limit of the project."),
    ),
    Field("money", Kind.LINE, say("Money"), Project.__table__.c.id, editable=False, told=_money),
    Field("promises", Kind.LINE, say("Milestones against promises"), Project.__table__.c.id, editable=False,
          told=promise_text),
    Field("late_milestones", Kind.WHOLE, say("Late milestones"), late_milestones(), editable=False, filterable=True,
          sortable=True, nullable=False),
    Field("moved_at", Kind.MOMENT, say("Last moved"), last_moved(), editable=False, filterable=True, sortable=True),
)  # fmt: skip
PORTFOLIO = entity(
    Entity(
        kind="portfolio",
        label=say("Project of the portfolio"),
        label_plural=say("Portfolio"),
        model=Project,
        default_columns=("key", "name", "health", "why", "stage", "next_gate", "money", "promises", "moved_at"),
        default_sort="health",
        title_field="name",
        unique_order=Project.__table__.c.id,
        search=PROJECT.search,
    )
)


def declare_fields() -> None:
    """Take over what projects have by then, with what packages added; called once, from contributions."""
    if PORTFOLIO.fields:
        return
    own = dict(PROJECT.fields)
    first = [own.pop(name) for name in ("key", "name", "programme_id")]
    PORTFOLIO.declare([*first, *COMPUTED, *own.values()])


def silent_until() -> str:
    """The filter of projects that are silent: when they moved last, at the latest."""
    return f"..{today() - timedelta(days=SILENT_DAYS + 1)}"
