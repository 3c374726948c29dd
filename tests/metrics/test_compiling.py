"""Compiled queries against a plain recomputation over the same random sales, on both databases."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from statistics import median
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import insert

from implementor.crm.opportunities.models import Opportunity
from implementor.metrics.compiling import figures_of
from implementor.metrics.conditions import AsOf
from implementor.metrics.definitions import Query, Ratio, Window
from implementor.metrics.measuring import Ruler
from implementor.metrics.standard import standard_metrics
from implementor.web.database import writing_session
from tests.auth.builders import reading
from tests.crm.builders import company
from tests.crm.opportunities.sales import Sales, sales
from tests.crm.test_plans import plan_of
from tests.machinery.statements import counting
from tests.metrics.measured import TODAY, ZONE, tally

FIRST = datetime(2024, 11, 1, tzinfo=UTC)
MONEY = {"amount": Decimal(100)}
ROUND = Decimal("0.0001")
Row = SimpleNamespace
CLOSED = {"status": ("won", "lost")}


def windowed(definition: Any) -> bool:
    """Whether a definition is a query of some days."""
    return isinstance(definition, Query) and definition.window.kind != "all"


YEAR = Window("rolling", "began_at", 365)


def rows_of(there: Sales, count: int = 240, seed: int = 5) -> list[Row]:
    """Random sales, written without their services; some are put away and count nowhere."""
    draw, made = random.Random(seed), []
    stage = there.stages["qualification"] if "qualification" in there.stages else next(iter(there.stages.values()))
    for number in range(count):
        began = FIRST + timedelta(seconds=draw.randrange(0, 60_000_000))
        status = draw.choice(["open", "won", "lost"])
        closed = None if status == "open" else began + timedelta(seconds=draw.randrange(-80_000, 9_000_000))
        amount = draw.choice([None, draw.randrange(0, 5_000_000)])
        made.append(
            Row(
                name=f"Sale {number}", name_key=f"sale {number}", pipeline_id=stage.pipeline_id, stage_id=stage.id,
                status=status, began_at=began, stage_since=began, amount=amount,
                currency=None if amount is None else draw.choice(["EUR", "USD"]), closed_at=closed,
                close_on=began.date() + timedelta(days=draw.randrange(-30, 200)),
                probability_ratio=Decimal({"won": 1, "lost": 0}.get(status, "0.25")), probability_source="stage",
                source=draw.choice([None, "web", "partner"]), created_at=began, updated_at=began, version=1,
                archived_at=began if draw.random() < 0.1 else None,
            )
        )  # fmt: skip
    with writing_session(there.app) as session:
        session.execute(insert(Opportunity), [vars(row) for row in made])
        session.commit()
    return [row for row in made if row.archived_at is None]


def day(moment: datetime) -> date:
    return moment.astimezone(ZONE).date()


def closed(row: Row) -> bool:
    return row.status in ("won", "lost")


def in_year(row: Row) -> bool:
    return TODAY - timedelta(days=364) <= day(row.began_at) <= TODAY


def euros(rows: list[Row]) -> list[Decimal]:
    return [Decimal(row.amount) / 100 for row in rows if row.amount is not None and row.currency == "EUR"]


def days(rows: list[Row]) -> list[Decimal]:
    """Days from the beginning to the end, each moment cut to its second; what ends before it begins is left out."""
    ended = [row for row in rows if row.closed_at is not None]
    took = [int(row.closed_at.timestamp()) - int(row.began_at.timestamp()) for row in ended]
    return [Decimal(seconds) / 86_400 for seconds in took if seconds >= 0]


def percentile(values: list[Decimal], share: int) -> Decimal:
    """`percentile_cont` in plain words."""
    ordered, place = sorted(values), Decimal(share) * (len(values) - 1) / 100
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


Plain = Callable[[list[Row]], Decimal]
EURO: dict[str, Any] = {"field": "amount"}
IN_EUROS = {"currency": ("EUR",)}
LASTED = ("began_at", "closed_at")
CASES: list[tuple[Any, str, Plain]] = [
    (Query("opportunity"), "count", lambda rows: Decimal(len(rows))),
    (Query("opportunity", filters={"source": ("web", "none")}), "count",
     lambda rows: Decimal(sum(row.source in ("web", None) for row in rows))),
    (Query("opportunity", filters={"source": ("some",)}, window=YEAR), "count",
     lambda rows: Decimal(sum(row.source is not None and in_year(row) for row in rows))),
    (Query("opportunity", filters={"close_on": ("..today-1",), "status": ("open",)}), "count",
     lambda rows: Decimal(sum(row.status == "open" and row.close_on < TODAY for row in rows))),
    (Query("opportunity", "share", filters=CLOSED, part={"status": ("won",)}, window=YEAR), "percent",
     lambda rows: Decimal(100) * sum(row.status == "won" for row in rows if in_year(row))
     / sum(closed(row) for row in rows if in_year(row))),
    (Query("opportunity", "sum", "amount", filters=IN_EUROS), "money", lambda rows: sum(euros(rows), Decimal(0))),
    (Query("opportunity", "average", "amount", filters=IN_EUROS), "money",
     lambda rows: sum(euros(rows), Decimal(0)) / len(euros(rows))),
    (Query("opportunity", "median", "amount", filters=IN_EUROS), "money", lambda rows: median(euros(rows))),
    (Query("opportunity", "percentile", "amount", percentile=85, filters=IN_EUROS), "money",
     lambda rows: percentile(euros(rows), 85)),
    (Query("opportunity", "average", "probability"), "percent",
     lambda rows: sum((row.probability_ratio for row in rows), Decimal(0)) * 100 / len(rows)),
    (Query("opportunity", "distinct", "source"), "count", lambda rows: Decimal(2)),
    (Query("opportunity", "median", between=LASTED), "days", lambda rows: median(days(rows))),
    (Query("opportunity", "percentile", between=LASTED, percentile=90), "days",
     lambda rows: percentile(days(rows), 90)),
    (Query("opportunity", "average", between=LASTED, filters={"status": ("won",)}), "hours",
     lambda rows: sum(days([row for row in rows if row.status == "won"]), Decimal(0)) * 24
     / len(days([row for row in rows if row.status == "won"]))),
    (Ratio(Query("opportunity", "sum", "amount", filters=IN_EUROS), Query("opportunity", filters=CLOSED)), "money",
     lambda rows: sum(euros(rows), Decimal(0)) / sum(closed(row) for row in rows)),
]  # fmt: skip


def test_what_is_compiled_is_what_a_plain_count_finds(app: Flask) -> None:
    there = sales(app)
    rows = rows_of(there)
    for definition, unit, plain in CASES:
        got = tally(app, definition, unit, "EUR")
        assert got.reason is None, (definition, str(got.reason))
        assert got.value == plain(rows).quantize(ROUND), definition


ALSO = [
    Query("opportunity", "share", part={"status": ("won",)}), Query("opportunity", "share", part={"source": ("some",)}),
    Query("opportunity", "share", filters=CLOSED, part={"source": ("web",)}, window=YEAR),
    Query("opportunity", "share", filters=CLOSED, part={"colour": ("red",)}, window=YEAR),
    Query("opportunity", "distinct", "source", filters=CLOSED, window=Window("rolling", "began_at", 30)),
    Query("opportunity", filters=CLOSED, window=Window("month", "began_at")),
    Query("opportunity", "average", between=LASTED, filters=CLOSED, window=Window("last_quarter", "began_at")),
    Query("opportunity", filters={"colour": ("red",)}), Query("opportunity", "average", between=LASTED),
]  # fmt: skip


def test_figures_of_the_same_records_are_found_in_one_pass_and_no_other_than_alone(app: Flask) -> None:
    rows_of(sales(app))
    asked = [(definition, unit) for definition, unit, _plain in CASES] + [(one, "number") for one in ALSO]
    with reading(app) as session:
        together, alone = (Ruler(session, AsOf(TODAY, ZONE, None)) for _each in range(2))
        with counting() as one_pass:
            together.look_ahead([definition for definition, _unit in asked])
        for definition, unit in asked:
            found = together.tally(definition, unit, "EUR")
            assert found == alone.tally(definition, unit, "EUR"), definition
    assert len(one_pass) == 2, "all sales, and those decided within the widest window"
    assert len(together.answers) == 11


def test_a_narrow_window_of_the_standard_set_is_read_by_an_index(app: Flask, database_kind: str) -> None:
    company(app)
    asked = [one.definition for one in standard_metrics.values() if windowed(one.definition)]
    assert len(asked) > 6
    for one in asked:
        assert isinstance(one, Query)
        narrow = replace(one, aggregate="count", between=None, window=replace(one.window, kind="rolling", days=7))
        with reading(app) as session:
            plan = " ".join(plan_of(session, figures_of(narrow, AsOf(TODAY, ZONE, None)), database_kind))
        assert "SCAN" not in plan, (narrow, plan)
        # leads that came out of cases are fewer than those of some days
        assert narrow.window.by in plan or "about_id" in plan, (narrow, plan)


@pytest.mark.postgres_only
def test_percentiles_are_those_of_postgresql(app: Flask) -> None:
    from sqlalchemy import text

    rows_of(sales(app))
    with writing_session(app) as session:
        wanted = session.scalar(
            text(
                "SELECT percentile_cont(0.37) WITHIN GROUP (ORDER BY amount) FROM opportunity"
                " WHERE archived_at IS NULL AND currency = 'EUR'"
            )
        )
    got = tally(app, Query("opportunity", "percentile", "amount", percentile=37, filters=IN_EUROS), "money", "EUR")
    assert got.value is not None
    assert float(got.value) == pytest.approx(wanted / 100, abs=0.0001)
