"""Kept reports, as a kind of setting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.auth.models import Team
from implementor.foundation.errors import InvalidInput
from implementor.foundation.extension import is_key
from implementor.foundation.fields import Field, entities
from implementor.foundation.measures import measurables
from implementor.foundation.words import Label, Phrase, say
from implementor.metrics.definitions import BadDefinition
from implementor.releases.item_kinds import Image, Operation, Verb
from implementor.releases.kinds.report_form import asked_fields, asked_values, plan_asked
from implementor.releases.kinds.rows import OfRow, RowServices, row_of
from implementor.releases.kinds.rules import kind_of, named_rules
from implementor.releases.kinds.setting import (
    differing,
    kinds_of_record,
    label_of,
    label_values,
    named,
    picked,
    said_label,
)
from implementor.reports import queries, services
from implementor.reports.models import MINE, SHARED, TEAM, SavedReport
from implementor.reports.plans import SHOWN, SORTS, Plan, plan_from, plan_json
from implementor.reports.reading import reported_kinds
from implementor.reports.services import ReportWish
from implementor.reports.wording import figure_label, in_words


class ReportKind(OfRow):
    """A report under a name in both languages, shared with a role, a team (by name) or everybody."""

    key = "saved_report"
    label = say("Kept report")
    row = RowServices(
        SavedReport, services.add_report, services.change_report, services.withdraw_report, services.restore_report
    )

    def live(self, session: Session, uid: str) -> Image | None:
        row = row_of(session, SavedReport, uid)
        if row is None or row.is_archived:
            return None
        team = session.get(Team, row.team_id) if row.team_id is not None else None
        return {
            "kind": row.kind, "label": {"en": row.label_en, "es": row.label_es}, "plan": row.plan,
            "shared": row.shared, "team": team.name if team is not None else None,
        }  # fmt: skip

    def wish(self, session: Session, image: Image) -> Any:
        team = session.scalar(select(Team.id).where(Team.name == image["team"])) if image["team"] else None
        return ReportWish(
            **label_values(image), plan=plan_from(image["plan"]), shared=image["shared"], team_id=team
        )  # fmt: skip

    def needs(self, operation: Operation) -> frozenset[str]:
        """Fields of one's own that it names and that are not there yet."""
        if operation.after is None:
            return frozenset()
        names = {name.rpartition(".")[2] for name, _texts in plan_from(operation.after["plan"]).named()}
        known = entities[operation.after["kind"]].fields
        return frozenset(name for name in names if is_key(name) and name not in known)

    def compared(self, operation: Operation) -> Sequence[tuple[Phrase, str, str]]:
        shown = replace(operation, before=_in_parts(operation.before), after=_in_parts(operation.after))
        return differing(
            shown,
            (
                ("label", say("Name"), said_label),
                ("what", say("What it is of"), str),
                ("figures", say("Figures"), str),
                ("columns", say("Columns"), str),
                ("shown", say("Shown as"), lambda one: SHOWN[one]),
                ("sort", say("Order of the parts"), lambda one: SORTS[one]),
                ("shared", say("Shared with"), lambda one: SHARED[one]),
                ("team", say("Team"), str),
            ),
        )

    def places(self) -> Sequence[tuple[str, Phrase]]:
        return kinds_of_record(reported_kinds())

    def targets(self, session: Session) -> Sequence[tuple[str, Phrase | str]]:
        return named_rules(session.scalars(queries.reports_shared()))

    def fields(self, session: Session, verb: Verb, before: Image | None) -> Sequence[Field]:
        if verb == "retire" or before is None or before["kind"] not in measurables:
            return ()
        teams = session.scalars(select(Team.name).where(Team.archived_at.is_(None)).order_by(Team.name))
        shared = [(key, label) for key, label in SHARED.items() if key != MINE]
        return (
            *named(),
            *asked_fields(measurables[before["kind"]]),
            picked("shared", say("Shared with"), shared, required=True),
            picked("team", say("Team"), [(name, name) for name in teams]),
        )

    def values(self, image: Image) -> dict[str, Any]:
        plan = plan_from(image["plan"])
        return {
            "kind": image["kind"], **label_values(image), **asked_values(plan),
            "shared": image["shared"], "team": image["team"],
        }  # fmt: skip

    def image(self, session: Session, before: Image | None, values: Mapping[str, Any]) -> Image:
        kind = kind_of(before, values, measurables)
        shared, team = str(values.get("shared") or ""), str(values.get("team") or "") or None
        if shared not in SHARED or shared == MINE:
            raise InvalidInput({"shared": say("Choose whom it is shared with.")})
        if shared == TEAM and team is None:
            raise InvalidInput({"team": say("Choose the team.")})
        known = plan_from(before["plan"]) if before and "plan" in before else None
        try:
            plan = plan_json(plan_asked(measurables[kind], known, values))
            plan_from(plan)
        except BadDefinition as why:
            raise InvalidInput({"shown": why.reason}) from why
        return {
            "kind": kind, "label": label_of(values), "plan": plan, "shared": shared,
            "team": team if shared == TEAM else None,
        }  # fmt: skip


def _in_parts(image: Image | None) -> Image | None:
    """An image with the parts of its plan in words, to be compared."""
    if image is None:
        return None
    plan = plan_from(image["plan"])
    figures = "" if plan.is_of_records else "; ".join(str(figure_label(one)) for one in plan.queries)
    columns = ", ".join(str(_label(plan, name)) for name in plan.columns)
    return {
        **image, "what": str(in_words(plan)), "figures": figures, "columns": columns, "shown": plan.shown,
        "sort": "" if plan.is_of_records else plan.sort,
    }  # fmt: skip


def _label(plan: Plan, name: str) -> Phrase | Label | str:
    fields = entities[plan.kind].fields
    return fields[name].label if name in fields else name
