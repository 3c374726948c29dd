"""Pipelines as a kind of setting: ways of selling that are added, renamed and retired."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.configuration import queries as configuration
from implementor.configuration.first_use import speeches
from implementor.configuration.models import StoredPipeline
from implementor.configuration.services import pipelines
from implementor.configuration.services.checking import Identity, new_key
from implementor.configuration.services.placing import place
from implementor.configuration.stage_users import open_counts, stage_users
from implementor.foundation.fields import Field
from implementor.foundation.mentions import Subject
from implementor.foundation.money import currency_codes
from implementor.foundation.permissions import Actor
from implementor.foundation.rank import rank_between
from implementor.foundation.words import Phrase, say, say_n
from implementor.releases.item_kinds import Finding, Image, Operation, Verb
from implementor.releases.kinds.order import place_field, rank_at, said_place
from implementor.releases.kinds.setting import Setting, differing, label_of, label_values, named, picked, said_label

IN_USE = "pipeline_in_use"


class PipelineKind(Setting):
    """A pipeline; known by the `uid` of its row. A new one has three stages, which further items may change."""

    key = "pipeline"
    label = say("Pipeline of sales")

    def live(self, session: Session, uid: str) -> Image | None:
        row = _found(session, uid)
        if row is None or row.is_archived:
            return None
        label = {"en": row.label_en, "es": row.label_es}
        return {"key": row.key, "label": label, "currency": row.currency, "rank": row.rank}

    def become(self, session: Session, uid: str, image: Image | None, *, by: Actor, at: datetime) -> None:
        row = _found(session, uid)
        if image is None:
            if row is not None:
                pipelines.retire_pipeline(session, row, by=by, at=at)
            return
        named_so: dict[str, Any] = {
            "labels": label_values(image), "currency": image.get("currency"), "by": by, "at": at,
        }  # fmt: skip
        if row is None:
            identity = Identity(uid, image.get("key") or "")
            row = pipelines.add_pipeline(session, **named_so, speeches=speeches(), identity=identity)
        else:
            if row.is_archived:
                pipelines.restore_pipeline(session, row, by=by, at=at)
            pipelines.change_pipeline(session, row, **named_so)
        place(session, row, image["rank"])

    def compared(self, operation: Operation) -> Sequence[tuple[Phrase, str, str]]:
        told = differing(operation, (("label", say("Name"), said_label), ("currency", say("Currency"), str)))
        if operation.verb == "change":
            told += differing(operation, (("rank", say("Place in the order"), said_place),))
        return told

    def findings(self, session: Session, operation: Operation) -> Sequence[Finding]:
        row = _found(session, operation.uid)
        if operation.after is not None or row is None:
            return ()
        count = sum(open_counts(session, [one.id for one in session.scalars(configuration.stages(row.id))]).values())
        if not count:
            return ()
        text = say_n(
            "%(count)s open record goes through %(pipeline)s. Close it or move it to another one first.",
            "%(count)s open records go through %(pipeline)s. Close them or move them to another one first.",
            count, pipeline=row.label,
        )  # fmt: skip
        return (Finding(IN_USE, text, count, blocks=True),)

    def subjects(self, session: Session, operation: Operation) -> Sequence[Subject]:
        row = _found(session, operation.uid)
        if operation.after is not None or row is None:
            return ()
        ids = [str(one.id) for one in session.scalars(configuration.stages(row.id))]
        of_stages = [Subject(kind, "stage", one) for kind in stage_users for one in ids]
        return [*(Subject(kind, "pipeline", str(row.id)) for kind in stage_users), *of_stages]

    def targets(self, session: Session) -> Sequence[tuple[str, Phrase | str]]:
        return [(one.uid, one.label) for one in _in_use(session)]

    def fields(self, session: Session, verb: Verb, before: Image | None) -> Sequence[Field]:
        if verb == "retire":
            return ()
        mine = _uid_of(session, before)
        codes = [(code, code) for code in sorted(currency_codes())]
        order = (place_field(_in_use(session), mine),) if before else ()
        return (*named(), picked("currency", say("Currency"), codes), *order)

    def values(self, image: Image) -> dict[str, Any]:
        return {**label_values(image), "currency": image.get("currency") or "", "place": ""}

    def image(self, session: Session, before: Image | None, values: Mapping[str, Any]) -> Image:
        every = list(session.scalars(configuration.pipelines()))
        label = label_of(values)
        usual = before["rank"] if before else rank_between(every[-1].rank if every else None, None)
        rank = rank_at(_in_use(session), _uid_of(session, before), str(values.get("place") or ""), usual)
        key = before["key"] if before else new_key(label["en"], (one.key for one in every))
        return {"key": key, "label": label, "currency": values.get("currency") or None, "rank": rank}


def _found(session: Session, uid: str) -> StoredPipeline | None:
    return session.scalars(select(StoredPipeline).where(StoredPipeline.uid == uid)).one_or_none()


def _in_use(session: Session) -> list[StoredPipeline]:
    return [one for one in session.scalars(configuration.pipelines()) if not one.is_archived]


def _uid_of(session: Session, image: Image | None) -> str | None:
    return next((one.uid for one in _in_use(session) if image is not None and one.key == image["key"]), None)
