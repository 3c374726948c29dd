"""A release that retires a stage with open sales, and what readers see of these while a job moves them."""

from collections import Counter
from datetime import timedelta
from decimal import Decimal
from typing import Any

from flask import Flask
from sqlalchemy import select, true
from sqlalchemy.orm import Session

from implementor.configuration.first_use import speeches
from implementor.configuration.models import PipelineStage
from implementor.configuration.stage_users import open_counts
from implementor.crm.opportunities import board_queries, queries, report_queries
from implementor.crm.opportunities.models import Opportunity, StageEvent
from implementor.foundation.conditions import Comparison, Condition
from implementor.foundation.fields import Scope, entities
from implementor.foundation.filters import read_filters
from implementor.foundation.matching import rows_where
from implementor.lists.queries import group_sizes
from implementor.releases.move_models import ReleaseMove
from implementor.releases.release_services import release_wave
from implementor.releases.row_moving import next_batch
from tests.auth.builders import reading, working
from tests.configuration.builders import live_now
from tests.releases.release_builders import shop
from tests.waves.builders import START, wave_in

DAY = 86_400
KEYS = ("needs", "proposal", "negotiation")
FOLLOWS = ("stage_id", "stage_since", "probability_ratio", "probability_source")
LEFT = START + timedelta(microseconds=1)
"""When sales came into their new stage: right after the release, by which they are known there."""


Ways = dict[int, list[tuple[Any, Any, int]]]
"""Sale -> (stage left, stage entered, seconds in the one left) of each step after it began."""


class Leaving:
    """A release that retires the stage “needs” for “proposal”, in which every third of some sales stands."""

    def __init__(self, app: Flask, count: int = 12) -> None:
        self.made, (story,) = shop(app)
        pipeline = live_now(app).pipeline("sales")
        assert pipeline is not None
        self.stages = {key: pipeline.by_key[key] for key in KEYS}
        self.old, self.new = self.stages["needs"], self.stages["proposal"]
        self.ids = [self._sale(place) for place in range(count)]
        self.put_away = self._sale(0)
        with self.made.company.working("crm_admin") as session:
            session.get_one(Opportunity, self.put_away).archived_at = START
        self.begun = self.stored()
        self.since = START
        with reading(app) as session:
            uids: dict[Any, str] = dict(session.execute(select(PipelineStage.id, PipelineStage.uid)).all())
        answers = {"open_records": uids[self.new.id]}
        self.made.item(story, uids[self.old.id], None, kind="pipeline_stage", answers=answers)

    def _sale(self, place: int) -> int:
        stage, at = self.stages[KEYS[place % 3]], START - timedelta(days=place + 1)
        values: dict[str, Any] = {"name": f"Oven {place}", "stage": stage.id, "amount": f"{place + 1} EUR"}
        return self.made.company.add("opportunity", "crm_admin", at, **values)

    def release(self, most: int = 2) -> None:
        with self.made.here.working() as session:
            wave, by = wave_in(session, self.made.here), self.made.here.actor()
            release_wave(session, wave, speeches=speeches(), by=by, at=START, most=most)

    def batch(self, limit: int = 1) -> bool:
        """A step of the job; whether there was one."""
        with working(self.made.app, self.made.here.actor()) as session:
            move_id = session.scalars(select(ReleaseMove.id).order_by(ReleaseMove.id.desc()).limit(1)).one()
            return next_batch(session, move_id, by=self.made.here.actor(), at=START, limit=limit) is not None

    def batch_until_done(self) -> None:
        while self.batch(2):
            pass

    def change(self, sale: int, **values: Any) -> None:
        self.made.company.change("opportunity", sale, "crm_admin", START + timedelta(hours=1), **values)

    def stored(self) -> dict[int, tuple[Any, ...]]:
        """What sales hold, whatever it reads as."""
        table: Any = Opportunity.__table__
        with reading(self.made.app) as session:
            rows = session.execute(select(table.c.id, *(table.c[name] for name in FOLLOWS)))
            return {row[0]: tuple(row[1:]) for row in rows}

    def expected(self) -> dict[int, tuple[Any, ...]]:
        """What sales should read as, by hand."""
        there = (self.new.id, LEFT, Decimal(self.new.probability) / 100, "stage")
        return {one: there if self.is_leaving(one) else held for one, held in self.begun.items()}

    def is_leaving(self, sale: int) -> bool:
        return self.begun[sale][0] == self.old.id and sale != self.put_away

    def ways(self) -> Ways:
        """The way that each sale should have come with the release."""
        days = {one: (self.ids.index(one) + 1) * DAY for one in self.leaving()}
        return {one: [(self.old.id, self.new.id, seconds)] for one, seconds in days.items()}

    def leaving(self) -> list[int]:
        return [one for one in self.ids if self.is_leaving(one)]

    def facts(self, sale: int) -> list[tuple[Any, Any, int | None]]:
        """The way of a sale after it began: (left, entered, seconds in the one left)."""
        with reading(self.made.app) as session:
            found = select(StageEvent).where(StageEvent.opportunity_id == sale).order_by(StageEvent.id)
            return [(one.from_stage_id, one.to_stage_id, one.seconds) for one in session.scalars(found)][1:]


def read_by(here: Leaving) -> dict[str, Any]:
    """What records, lists, filters, groups, conditions, board, forecast and counts say of sales in use."""
    with reading(here.made.app) as session:
        return {**_in_lists(here, session), **_in_reports(here, session)}


def _in_lists(here: Leaving, session: Session) -> dict[str, Any]:
    entity, scope = entities["opportunity"], Scope(None, here.made.company.by("crm_admin"))
    fields, ids = entity.fields, select(Opportunity.id).where(Opportunity.archived_at.is_(None))
    asked = [{"stage": [str(one.id)]} for one in here.stages.values()] + [{"forecast": [here.new.forecast]}]
    filters = [read_filters(fields.values(), one, scope).condition(entity, scope) for one in asked]
    columns = [fields[name].column for name in ("stage", "stage_since", "probability")]
    shown: Any = fields["stage"].shown
    not_new = Condition("stage", Comparison.NONE_OF, (str(here.new.id),))
    records = session.scalars(select(Opportunity))
    return {
        "records": {one.id: tuple(getattr(one, name) for name in FOLLOWS) for one in records},
        "list": {row[0]: tuple(row[1:]) for row in session.execute(ids.add_columns(*columns))},
        "names": dict(session.execute(ids.add_columns(shown)).all()),
        "filters": [set(session.scalars(ids.where(one))) for one in filters],
        "others": set(session.scalars(ids.where(rows_where(entity, [not_new])))),
        "groups": Counter(dict(session.execute(group_sizes(ids, fields["stage"])).all())),
    }


def _in_reports(here: Leaving, session: Session) -> dict[str, Any]:
    scope, pipeline_id = Scope(None, here.made.company.by("crm_admin")), here.new.pipeline_id or 0
    stage_ids = [one.id or 0 for one in here.stages.values()]
    place: dict[str, Any] = {"scope": scope, "owner": true(), "closed_since": START}
    columns = session.execute(board_queries.totals_of_stages(pipeline_id=pipeline_id, **place)).all()
    cards = session.execute(board_queries.cards_of_stages(stages=[(one, 50) for one in stage_ids], **place))
    sums = session.execute(report_queries.open_sums(scope=scope, pipeline_id=pipeline_id))
    every = (START - timedelta(days=400), START + timedelta(days=1))
    asked: dict[str, Any] = {"scope": scope, "stage_ids": stage_ids, "time": every}
    furthest = report_queries.furthest_places(
        scope=scope, pipeline_id=pipeline_id, places=dict(zip(stage_ids, range(3), strict=True)), begun=every
    )
    reached = read_filters(entities["opportunity"].fields.values(), {"reached": [str(here.new.id)]}, scope)
    ever = select(Opportunity.id).where(Opportunity.id != here.put_away)
    return {
        "entered": dict(session.execute(report_queries.entered_stages(**asked)).all()),
        "left": {row[0]: (row[1], int(row[2])) for row in session.execute(report_queries.left_stages(**asked))},
        "furthest": dict(session.execute(furthest).all()),
        "reached": set(session.scalars(ever.where(reached.condition(entities["opportunity"], scope)))),
        "ways": {one: [tuple(row) for row in session.execute(queries.moves_of(one))] for one in here.ids},
        "board": Counter({row.stage_id: row.records for row in columns}),
        "cards": [(row.id, row.stage_id, row.stage_since) for row in cards],
        "forecast": sorted((row.stage_id, row.ratio, row.records, row.amount) for row in sums),
        "open": open_counts(session, stage_ids),
        "standing": set(session.scalars(queries.standing_in(here.new.id or 0))),
    }


def told_by(here: Leaving, held: dict[int, tuple[Any, ...]], ways: Ways | None = None) -> dict[str, Any]:
    """The same, counted by hand from what sales should hold, and the way that each should have come."""
    return {**_counted(here, held), **_gone(here, here.ways() if ways is None else ways)}


def _gone(here: Leaving, ways: Ways) -> dict[str, Any]:
    """What the reports of facts should say, by ways (left, entered, seconds) of sales after they began."""
    began = {one: here.begun[one][0] for one in here.ids}
    came = {one: {began[one], *(step[1] for step in ways.get(one, ()))} for one in here.ids}
    steps = [step for way in ways.values() for step in way]
    left = {step[0]: [one[2] for one in steps if one[0] == step[0]] for step in steps}
    places = [one.id for one in here.stages.values()]
    return {
        "entered": Counter(stage for stages in came.values() for stage in stages),
        "left": {stage: (len(seconds), sum(seconds)) for stage, seconds in left.items()},
        "furthest": Counter(max(places.index(stage) for stage in stages) for stages in came.values()),
        "reached": {one for one, stages in came.items() if here.new.id in stages},
        "ways": {one: [(step[0], step[2]) for step in ways.get(one, ())] for one in here.ids},
    }


def _counted(here: Leaving, held: dict[int, tuple[Any, ...]]) -> dict[str, Any]:
    stages = {one.id: one for one in here.stages.values()}
    used = {one: values for one, values in held.items() if one != here.put_away}
    by_stage = {key: {one for one, values in used.items() if values[0] == key} for key in stages}
    like = {one for one, values in used.items() if stages[values[0]].forecast == here.new.forecast}
    counts = Counter({key: len(found) for key, found in by_stage.items() if found})
    amounts = {one: (here.ids.index(one) + 1) * 100 for one in used}
    alike = {(values[0], values[2]) for values in used.values()}
    mine = {pair: [one for one, values in used.items() if (values[0], values[2]) == pair] for pair in alike}
    ordered = sorted(used, key=lambda one: (used[one][1], one), reverse=True)
    return {
        "records": held,
        "list": {one: values[:3] for one, values in used.items()},
        "names": {one: str(stages[values[0]].name) for one, values in used.items()},
        "filters": [*by_stage.values(), like],
        "others": set(used) - by_stage[here.new.id],
        "groups": counts,
        "board": counts,
        "cards": [(one, used[one][0], used[one][1]) for one in ordered],
        "forecast": sorted((*pair, len(ids), sum(amounts[one] for one in ids)) for pair, ids in mine.items()),
        "open": dict(counts),
        "standing": by_stage[here.new.id],
    }
