"""Stages of pipelines as a kind of setting: what they mean and need, their order, and where open sales go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import false, func, or_, select
from sqlalchemy.orm import Session

from implementor.configuration import queries as configuration
from implementor.configuration.models import PipelineStage, StoredPipeline
from implementor.configuration.services import stages
from implementor.configuration.services.checking import Identity, new_key
from implementor.configuration.services.placing import place
from implementor.configuration.services.stage_ways import leave_stage
from implementor.configuration.services.stages import StageWish
from implementor.configuration.stage_users import fields_on_offer, open_counts, stage_users
from implementor.foundation.errors import InvalidInput
from implementor.foundation.fields import Field, Kind, entities
from implementor.foundation.mentions import Subject
from implementor.foundation.permissions import Actor
from implementor.foundation.pipelines import FORECASTS, STAGE_KINDS
from implementor.foundation.words import Label, Phrase, say, say_n
from implementor.releases import stage_moving
from implementor.releases.item_kinds import Finding, Image, Operation, RowChange, RowMove, Verb
from implementor.releases.kinds.order import place_field, rank_at, said_place, usual_rank
from implementor.releases.kinds.setting import (
    Setting,
    asked,
    differing,
    label_of,
    label_values,
    named,
    picked,
    said_label,
)

OPEN = "open_records"
"""The finding that open records stand in a stage that goes."""
UNFILLED = "unfilled"


class PipelineStageKind(Setting):
    """A stage of a pipeline; known by the `uid` of its row, its pipeline by that of its own."""

    key = "pipeline_stage"
    label = say("Stage of a pipeline")

    def live(self, session: Session, uid: str) -> Image | None:
        found = _found(session, uid)
        if found is None or found[0].is_archived or found[1].is_archived:
            return None
        stage, pipeline = found
        return {
            "pipeline": pipeline.uid, "key": stage.key, "label": {"en": stage.label_en, "es": stage.label_es},
            "kind": stage.kind, "probability": stage.probability, "forecast": stage.forecast,
            "days_limit": stage.days_limit, "required_fields": list(stage.required_fields), "rank": stage.rank,
        }  # fmt: skip

    def needs(self, operation: Operation) -> frozenset[str]:
        if operation.after is None:
            answer = operation.answers.get(OPEN)
            return frozenset({str(answer)} if answer else ())
        known = fields_on_offer()
        return frozenset({operation.after["pipeline"]} | set(operation.after["required_fields"]) - set(known))

    def become(self, session: Session, uid: str, image: Image | None, *, by: Actor, at: datetime) -> None:
        found = _found(session, uid)
        if image is None:
            if found is not None:
                with stage_moving.as_they_stand(session):
                    stages.retire_stage(session, found[1], found[0], move_to=None, by=by, at=at)
            return
        wish = StageWish(
            image["label"]["en"], image["label"]["es"], image["kind"], image["probability"], image["forecast"],
            image["days_limit"], tuple(image["required_fields"]),
        )  # fmt: skip
        if found is None:
            of, identity = pipeline_of(session, image["pipeline"]), Identity(uid, image.get("key") or "")
            stage = stages.add_stage(session, of, wish, by=by, at=at, identity=identity)
        else:
            stage, of = found
            if stage.is_archived:
                stages.restore_stage(session, of, stage, by=by, at=at)
            stages.change_stage(session, of, stage, wish, by=by, at=at)
        place(session, stage, image["rank"])

    def compared(self, operation: Operation) -> Sequence[tuple[Phrase, str, str]]:
        told = differing(
            operation,
            (
                ("label", say("Name"), said_label),
                ("kind", say("Kind"), lambda kind: STAGE_KINDS[kind]),
                ("probability", say("Probability"), lambda number: f"{number} %"),
                ("forecast", say("Forecast"), lambda key: FORECASTS[key]),
                ("days_limit", say("Days until late"), str),
                ("required_fields", say("Needed fields"), _said_fields),
            ),
        )
        if operation.verb == "change":
            told += differing(operation, (("rank", say("Place in the order"), said_place),))
        return told

    def findings(self, session: Session, operation: Operation) -> Sequence[Finding]:
        found = _found(session, operation.uid)
        if found is None:
            return ()
        if operation.after is not None:
            return _unfilled(session, found[0], operation)
        count = open_counts(session, [found[0].id]).get(found[0].id, 0)
        if not count:
            return ()
        others = [one for one in _in_use(session, found[1]) if one.id != found[0].id and one.kind == "open"]
        text = say_n(
            "%(count)s open record stands in %(stage)s.", "%(count)s open records stand in %(stage)s.", count,
            stage=found[0].label,
        )  # fmt: skip
        choices = tuple((one.uid, one.label) for one in others)
        return (Finding(OPEN, text, count, blocks=True, choices=choices),)

    def moved(self, session: Session, operation: Operation, *, by: Actor, at: datetime) -> Sequence[RowChange]:
        ends = self._ends(session, operation)
        if ends is None:
            return ()
        if operation.moves_later:
            leave_stage(session, *ends, at=at)
            return ()
        return self._move(session, *ends, None, by=by, at=at)

    def moves(self, session: Session, operation: Operation) -> Sequence[RowMove]:
        ends = self._ends(session, operation)
        return () if ends is None else stage_moving.sales_to_move(session, *ends)

    def _ends(self, session: Session, operation: Operation) -> tuple[PipelineStage, PipelineStage] | None:
        """The stage that goes and the one that its sales go to, where somebody chose one."""
        found, to = _found(session, operation.uid), _found(session, str(operation.answers.get(OPEN) or ""))
        return None if operation.after is not None or found is None or to is None else (found[0], to[0])

    def returned(
        self, session: Session, operation: Operation, rows: Sequence[RowChange], *, by: Actor, at: datetime
    ) -> Sequence[RowChange]:
        back: list[RowChange] = []
        for came_from, went_to in sorted({(str(row.before), str(row.after)) for row in rows}):
            here, there = _found(session, came_from), _found(session, went_to)
            if here is None or there is None:
                continue
            mine = [row for row in rows if (row.before, row.after) == (came_from, went_to)]
            returned = self._move(session, there[0], here[0], mine, by=by, at=at)
            ids = {(row.kind, row.record_id) for row in returned}
            back += [row for row in mine if (row.kind, row.record_id) in ids]
        return back

    def _move(
        self,
        session: Session,
        stage: PipelineStage,
        to: PipelineStage,
        only: Sequence[RowChange] | None,
        *,
        by: Actor,
        at: datetime,
    ) -> list[RowChange]:
        """Move the open records of a stage (or `only` those) to another one, as history."""
        moved: list[RowChange] = []
        for kind, user in stage_users.items():
            ids = (
                list(session.scalars(user.standing(stage.id)))
                if only is None
                else [row.record_id for row in only if row.kind == kind]
            )
            gone = user.move_some(session, ids, stage.id, to.id, by, at) if ids else []
            moved += [RowChange(kind, one, "stage", stage.uid, to.uid) for one in gone]
        return moved

    def subjects(self, session: Session, operation: Operation) -> Sequence[Subject]:
        found = _found(session, operation.uid)
        if operation.after is not None or found is None:
            return ()
        return [Subject(kind, "stage", str(found[0].id)) for kind in stage_users]

    def targets(self, session: Session) -> Sequence[tuple[str, Phrase | str]]:
        return [
            (stage.uid, say("%(list)s: %(word)s", list=pipeline.label, word=stage.label))
            for pipeline in session.scalars(configuration.pipelines())
            if not pipeline.is_archived
            for stage in _in_use(session, pipeline)
        ]

    def fields(self, session: Session, verb: Verb, before: Image | None) -> Sequence[Field]:
        rows = _in_use(session, pipeline_of(session, before["pipeline"])) if before else []
        mine = next((row.uid for row in rows if before and row.key == before["key"]), None)
        if verb == "retire":
            open_ones = [(one.uid, one.label) for one in rows if one.kind == "open" and one.uid != mine]
            hint = say("Open sales of the stage are moved to this one. Empty: it is asked when some stand in it.")
            return (picked(OPEN, say("Its sales go to"), open_ones, hint=hint),)
        ways = [(one.uid, one.label) for one in session.scalars(configuration.pipelines()) if not one.is_archived]
        of = () if before else (picked("pipeline", say("Pipeline of sales"), ways, required=True),)
        needed = [(name, field.label) for name, field in fields_on_offer().items()]
        return (
            *of,
            *named(),
            picked("kind", say("Kind"), tuple(STAGE_KINDS.items()), required=True),
            asked(
                "probability", Kind.WHOLE, say("Probability in per cent"), minimum=0, maximum=100,
                hint=say("Won is always 100 and lost always 0."),
            ),
            picked("forecast", say("Forecast"), tuple(FORECASTS.items()), required=True),
            asked(
                "days_limit", Kind.WHOLE, say("Days until late"), minimum=1, maximum=stages.LONGEST_LIMIT,
                hint=say("An opportunity that stands here longer is shown as late. Empty: never."),
            ),
            replace(picked("required_fields", say("Needed to enter this stage"), needed), kind=Kind.TAGS),
            *((place_field(rows, mine),) if before else ()),
        )  # fmt: skip

    def values(self, image: Image) -> dict[str, Any]:
        return {**image, **label_values(image), "place": ""}

    def image(self, session: Session, before: Image | None, values: Mapping[str, Any]) -> Image:
        of = pipeline_of(session, before["pipeline"] if before else str(values.get("pipeline") or ""))
        every = stages.stages_of(session, of)
        rows = [one for one in every if not one.is_archived]
        mine = next((row.uid for row in rows if before and row.key == before["key"]), None)
        kind = str(values.get("kind") or "open")
        usual = before["rank"] if before else usual_rank(every, kind)
        probability = {"won": 100, "lost": 0}.get(kind, int(values.get("probability") or 0))
        label = label_of(values)
        return {
            "pipeline": of.uid,
            "key": before["key"] if before else new_key(label["en"], (one.key for one in every)),
            "label": label,
            "kind": kind,
            "probability": probability,
            "forecast": {"won": "closed", "lost": "omitted"}.get(kind, str(values.get("forecast") or "pipeline")),
            "days_limit": int(values["days_limit"]) if values.get("days_limit") else None,
            "required_fields": list(values.get("required_fields") or ()),
            "rank": rank_at(rows, mine, str(values.get("place") or ""), usual),
        }

    def path(self, session: Session, operation: Operation) -> Sequence[tuple[Phrase, str, bool]]:
        image = operation.after or operation.before or {}
        rows = _in_use(session, pipeline_of(session, image["pipeline"]))
        steps = [(one.rank, one.label, one.probability, False) for one in rows if one.uid != operation.uid]
        if operation.after is not None:
            steps.append((image["rank"], Label(image["label"]), image["probability"], True))
        return [
            (label, f"{probability} %", mine)
            for _rank, label, probability, mine in sorted(steps, key=lambda step: str(step[0]))
        ]


def pipeline_of(session: Session, uid: str) -> StoredPipeline:
    """The pipeline of an identity. Raises InvalidInput where there is none."""
    found = session.scalars(select(StoredPipeline).where(StoredPipeline.uid == uid)).one_or_none()
    if found is None:
        raise InvalidInput({"pipeline": say("Choose one of the pipelines.")})
    return found


def _found(session: Session, uid: str) -> tuple[PipelineStage, StoredPipeline] | None:
    stage = session.scalars(select(PipelineStage).where(PipelineStage.uid == uid)).one_or_none()
    return None if stage is None else (stage, session.get_one(StoredPipeline, stage.pipeline_id))


def _in_use(session: Session, pipeline: StoredPipeline) -> list[PipelineStage]:
    return [one for one in stages.stages_of(session, pipeline) if not one.is_archived]


def _said_fields(names: Sequence[str]) -> str:
    known = fields_on_offer()
    return ", ".join(str(known[name].label) if name in known else name for name in names)


def _unfilled(session: Session, stage: PipelineStage, operation: Operation) -> Sequence[Finding]:
    """Open records that stand in the stage and lack what it newly needs; they keep standing there."""
    after: Image = operation.after or {}
    newly = set(after["required_fields"]) - set(stage.required_fields)
    count = 0
    for kind, user in stage_users.items():
        model: Any = entities[kind].model
        empty = [field.column.is_(None) for name, field in entities[kind].fields.items() if name in newly]
        standing = select(user.standing(stage.id).order_by(None).subquery())
        found = select(func.count()).select_from(model).where(model.id.in_(standing), or_(false(), *empty))
        count += (session.scalar(found) or 0) if empty else 0
    if not count:
        return ()
    text = say_n(
        "%(count)s open record in %(stage)s lacks what it needs from now on.",
        "%(count)s open records in %(stage)s lack what they need from now on.",
        count,
        stage=stage.label,
    )
    return (Finding(UNFILLED, text, count),)
