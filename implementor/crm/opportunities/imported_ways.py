"""The way of an imported opportunity: what follows from its stage and days, and the facts that the source gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import insert
from sqlalchemy.orm import Session

from implementor.calendars.services.rates import NoRate, base_currency, rate_on
from implementor.crm.opportunities.loading import Way, facts_of, followed
from implementor.crm.opportunities.models import StageEvent
from implementor.crm.opportunities.stages import seconds_between
from implementor.exchange.records.declaring import Change, Draft, Writing, Written
from implementor.foundation import live
from implementor.foundation.bulk import write_many
from implementor.foundation.pipelines import Stage

FOLLOWING = (
    "pipeline_id", "status", "stage_since", "closed_at", "probability_ratio", "probability_source", "rate",
    "base_amount", "base_currency",
)  # fmt: skip
FROZEN = frozenset({"amount", "currency", "close_on"})


class Rates:
    """The rates of the days on which sales were closed, each looked up once for a batch."""

    def __init__(self, session: Session) -> None:
        self.session, self.base = session, base_currency(session)
        self._known: dict[tuple[str, date], Decimal | None] = {}

    def of(self, currency: str | None, day: date | None) -> Mapping[str, Decimal]:
        """What one unit of the currency was worth; nothing where nobody entered a rate."""
        if currency is None or day is None:
            return {}
        if currency == self.base:
            return {currency: Decimal(1)}
        if (currency, day) not in self._known:
            self._known[currency, day] = self._asked(currency, day)
        rate = self._known[currency, day]
        return {} if rate is None else {currency: rate}

    def _asked(self, currency: str, day: date) -> Decimal | None:
        try:
            return rate_on(self.session, currency, day)
        except NoRate:
            return None


def begin_ways(writing: Writing, drafts: Sequence[Draft]) -> None:
    """Give new opportunities what follows from the stage in which the source has them."""
    rates = Rates(writing.session)
    for draft in drafts:
        way = way_of(writing, draft)
        draft.values |= _standing(draft.values, way, rates) | {"began_at": way[0][1]}


def way_of(writing: Writing, draft: Draft) -> Way:
    """The stages that the source tells of: where a closed sale began, if it says when, and where it stands."""
    stage = _stage(draft.values["stage_id"])
    assert stage.id is not None
    began: datetime | None = draft.values.get("began_at")
    since = closing(writing, draft.values.get("close_on")) if not stage.is_open else began or writing.at
    pipeline = live.present().pipeline(stage.pipeline_id)
    first = pipeline.first if pipeline is not None else None
    if stage.is_open or began is None or first is None or first.id is None or began >= since:
        return [(stage.id, since)]
    return [(first.id, began), (stage.id, since)]


def closing(writing: Writing, day: date | None) -> datetime:
    """When a sale of that day was closed: as it began there, and never after the import."""
    if day is None:
        return writing.at
    return min(datetime.combine(day, time(), ZoneInfo(writing.options.time_zone)), writing.at)


def go_on(writing: Writing, changes: Sequence[Change]) -> None:
    """Let known opportunities stand in the stage that the source moved them to, and keep closed amounts frozen."""
    rates = Rates(writing.session)
    for one in changes:
        now = {**one.row._mapping, **one.after}
        if "stage_id" in one.after:
            way = [(one.after["stage_id"], _moved(writing, now, _stage(one.after["stage_id"])))]
        elif now["closed_at"] is not None and FROZEN & one.after.keys():
            way = [(now["stage_id"], now["stage_since"])]
        else:
            continue
        told = {**now, "probability_ratio": one.after.get("probability_ratio")}
        follows = _standing(told, way, rates)
        one.after |= {name: value for name, value in follows.items() if one.row._mapping[name] != value}


def _moved(writing: Writing, now: Mapping[str, Any], stage: Stage) -> datetime:
    since = writing.at if stage.is_open else closing(writing, now.get("close_on"))
    present: datetime = now["stage_since"]
    return max(since, present)


def _standing(values: Mapping[str, Any], way: Way, rates: Rates) -> dict[str, Any]:
    """The columns that follow from the last stage of a way."""
    day = values.get("close_on") or way[-1][1].date()
    columns = followed(values, way, rates.of(values.get("currency"), day), rates.base)
    return {name: columns[name] for name in FOLLOWING} | (
        {"close_on": columns["close_on"]} if "close_on" in columns else {}
    )


def settle_ways(writing: Writing, written: Sequence[Written]) -> None:
    """Write the facts: the way of what is new, and the move of what stands elsewhere now."""
    by_id, facts = writing.by.user_id, []
    for one in written:
        if one.is_new:
            facts += facts_of(way_of(writing, one.draft), one.record_id, by_id)
        elif "stage_id" in one.after:
            since = one.after.get("stage_since", writing.at)
            facts.append({
                "opportunity_id": one.record_id, "from_stage_id": one.before["stage_id"],
                "to_stage_id": one.after["stage_id"], "status": _stage(one.after["stage_id"]).kind, "at": since,
                "by_id": by_id, "seconds": seconds_between(one.before.get("stage_since", since), since), "reason": None,
            })  # fmt: skip
    write_many(writing.session, insert(StageEvent.__table__), facts)  # type: ignore[arg-type]  # it is a table


def _stage(stage_id: int) -> Stage:
    stage = live.present().stage(stage_id)
    assert stage is not None  # a link found it among those on offer
    return stage
