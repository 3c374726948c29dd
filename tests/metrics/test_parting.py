"""Figures in parts, by what records lead to, against a plain recount; and amounts of few records that are not told."""

from collections.abc import Callable
from decimal import Decimal
from statistics import median

import pytest
from flask import Flask

from implementor.crm.measures.completeness import WANTED
from implementor.foundation.measures import Tally
from implementor.metrics.conditions import AsOf
from implementor.metrics.definitions import Definition, Named, Query, Ratio, Window
from implementor.metrics.few import FEWEST, parts_told, told_to_all
from implementor.metrics.measuring import Ruler
from tests.auth.builders import reading
from tests.crm.opportunities.sales import sales
from tests.metrics.builders import aim
from tests.metrics.measured import TODAY, ZONE, defined, measured
from tests.metrics.parted import Sold, world

SOLD = {"status": ("won",)}


def euros(some: list[Sold]) -> Decimal:
    return sum((Decimal(one.amount) / 100 for one in some), Decimal(0))


BOTH = ("won", "lost")
DECIDED = {"status": BOTH}
CASES: list[tuple[Definition, str, tuple[str, ...], Callable[[list[Sold]], Decimal | int]]] = [
    (Query("opportunity", filters=SOLD), "count", ("won",), len),
    (Query("opportunity", "sum", "amount", filters=DECIDED), "money", BOTH, euros),
    (Query("opportunity", "median", "amount", filters=DECIDED), "money", BOTH,
     lambda some: median(Decimal(one.amount) / 100 for one in some)),
    (Query("opportunity", "share", filters=DECIDED, part=SOLD), "percent", BOTH,
     lambda some: Decimal(100) * sum(one.status == "won" for one in some) / len(some)),
    (Ratio(Query("opportunity", "sum", "amount", filters=SOLD), Query("opportunity")), "money", BOTH,
     lambda some: euros([one for one in some if one.status == "won"]) / len(some)),
    (Named("complete.opportunity"), "percent", BOTH,
     lambda some: Decimal(100) * sum(one.filled for one in some) / (len(WANTED["opportunity"][2]) * len(some))),
]  # fmt: skip


def test_every_part_is_what_a_plain_recount_finds(app: Flask) -> None:
    there = world(app)
    for definition, unit, among, tell in CASES:
        for key in there.sold[0].parts:
            wanted = there.recounted(key, tell, among)
            found = there.parted(definition, key, unit)
            got = {part: tally.value for part, tally in found.items()}
            assert got.keys() == wanted.keys(), (definition, key)
            for part, value in wanted.items():
                assert abs(got[part] - value) <= Decimal("0.0001"), (definition, key, part)


NARROWED: list[tuple[dict[str, tuple[str, ...]], Window]] = [
    ({}, Window()), ({"status": ("won",)}, Window()), ({"name": ("some",)}, Window()),
    ({"owner": ("none",), "amount": ("1..2000 EUR",)}, Window()), ({"account": ("none",)}, Window()),
    ({"account": ("1",)}, Window()), ({"account": ("1",), "amount": ("..4000 EUR",)}, Window()),
    ({"account": ("2",), "status": ("won",), "probability": ("90..100",)}, Window()),
    ({}, Window("since", "began_at", since=TODAY)),
]  # fmt: skip


def test_no_amount_of_few_records_is_told_to_who_does_not_see_them(app: Flask) -> None:
    there = world(app, 30)
    for filters, window in NARROWED:
        bare = {name: texts for name, texts in filters.items() if name not in ("amount", "probability")}
        with reading(app) as session:
            ruler = Ruler(session, AsOf(TODAY, ZONE, None))
            few = 0 < ruler.tally(Query("opportunity", filters=bare, window=window), "count", None).n < FEWEST
            for aggregate in ("sum", "average", "median"):
                query = Query("opportunity", aggregate, "amount", filters=filters, window=window)
                found = ruler.tally(query, "money", "EUR")
                told = told_to_all(session, ruler.as_of, query, found)
                assert (told.value is None) == (found.value is None or 0 < found.n < FEWEST), (filters, aggregate)
                assert told.n == found.n
            count = Query("opportunity", filters=filters, window=window)
            told = told_to_all(session, ruler.as_of, count, ruler.tally(count, "count", None))
            assert (told.value is None) == (few and bare != filters), filters
    query = Query("opportunity", "sum", "amount")
    parts = there.parted(query, "product.category")
    told_parts = parts_told(query, {**parts, "rare": Tally(Decimal(7), n=2), "rarer": Tally(Decimal(1), n=1)})
    hidden = [one for one in told_parts.values() if one.value is None]
    assert len(hidden) == 3
    assert sum(one.n for one in hidden) >= FEWEST, "what is missing from the whole is not of few either"


@pytest.mark.sqlite_only(reason="who is told is no matter of SQL")
def test_people_of_the_crm_see_what_others_are_not_told(app: Flask) -> None:
    company, there = sales(app), aim(app)
    for name in ("Roof", "Door"):
        company.sale(name, who="crm_admin", amount=100_000, currency="EUR")
    query = Query("opportunity", "sum", "amount", group_by="status")
    metric_id = defined(there, query, unit="money", currency="EUR", name="Open amount")
    measured(there, metric_id)
    assert [(one.value, one.n) for one in there.measurements()] == [(None, 2)]
    address = f"/projects/VEN/metrics/{metric_id}"
    lead = there.browser()
    for page in ("", "/definition", "/breakdown"):
        text = lead.get(address + page).text
        assert "told only to people who see these records" in text, page
        assert "2,000" not in text, page
