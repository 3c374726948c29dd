"""Migration runs: what is found is what is there, differences want a word, and a signature keeps its figures."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from implementor.crm.accounts.models import Account
from implementor.foundation.errors import InvalidInput, Refusal
from implementor.history.services import CannotUndo
from implementor.releases import services
from implementor.releases.models import MigrationRun, MigrationSignature
from implementor.releases.queries import figures_found
from tests.auth.builders import reading, working
from tests.crm.builders import START
from tests.crm.importing import brought_in, take_back
from tests.machinery.statements import counting
from tests.projects.builders import NOW
from tests.releases.builders import SYSTEM, Migration, migration


def all_figures(there: Migration) -> None:
    """The usual figures of accounts."""
    there.expect(3)
    there.expect(60, "employees")
    there.expect(30075, "revenue", "EUR")


def by_hand(there: Migration) -> dict[tuple[str, str], int]:
    """What the figures must be, added up here from the rows themselves."""
    with reading(there.app) as session:
        rows = [one for one in session.scalars(select(Account)) if one.archived_at is None and not one.merged_into_id]
    euros = [one.revenue_amount for one in rows if one.currency == "EUR"]
    return {
        ("", ""): len(rows),
        ("employees", ""): sum(one.employees or 0 for one in rows),
        ("revenue", "EUR"): sum(amount or 0 for amount in euros),
    }


def test_counts_and_sums_are_those_of_the_records_that_came_in(app: Flask, tmp_path: Path) -> None:
    there = migration(app, tmp_path)
    all_figures(there)
    there.expect(-700, "revenue", "USD")
    there.count()
    assert there.found() == by_hand(there) | {("revenue", "USD"): -700}
    assert there.found()["revenue", "EUR"] == 30075
    beside = {(one.measure, one.currency): one.beside for one in there.figures()}
    assert beside["revenue", "EUR"] == {"others": 1}


def test_records_made_by_hand_or_of_other_systems_are_not_counted(app: Flask, tmp_path: Path) -> None:
    there = migration(app, tmp_path)
    there.here.add("account", name="By hand", employees="500")
    brought_in(there.here, "account", tmp_path, "Account ID,Name\n1,Elsewhere\n", "shop.csv")
    all_figures(there)
    there.count()
    assert there.found()["", ""] == 3
    assert there.found()["employees", ""] == 60


def test_records_without_a_key_of_their_own_are_known_by_the_import_that_brought_them(
    app: Flask, tmp_path: Path
) -> None:
    there = migration(app)
    brought_in(there.here, "account", tmp_path, "Name,Employees\nAcero,1\nDuero,2\n", "old-crm.csv")
    there.expect(2)
    there.count()
    assert there.found() == {("", ""): 2}
    take_back(there.here)
    there.count()
    assert there.found() == {("", ""): 0}


def test_what_was_put_away_is_told_beside_and_explains_a_difference(app: Flask, tmp_path: Path) -> None:
    there = migration(app, tmp_path)
    figure = there.expect(3)
    with there.here.working("crm_admin") as session:
        account = session.scalars(select(Account).where(Account.name == "Ebro")).one()
        account.archived_at = START
    assert [(one.found, one.beside) for one in there.count()] == [(2, {"archived": 1})]
    with pytest.raises(services.NotReconciled, match="not settled"):
        there.sign()
    there.explain(figure, 3, "Ebro closed down; put away on purpose.")
    there.sign()


def test_sums_do_not_run_over_what_a_database_can_add(app: Flask, tmp_path: Path) -> None:
    rows = "".join(f"{number},Big {number},9999999999999.99 EUR\n" for number in range(1, 21))
    there = migration(app, tmp_path, "Account ID,Name,Revenue\n" + rows)
    there.expect(20 * 999_999_999_999_999, "revenue", "EUR")
    there.count()
    assert there.found() == {("revenue", "EUR"): 20 * 999_999_999_999_999}


def test_nothing_is_signed_before_it_is_named_counted_and_explained(app: Flask, tmp_path: Path) -> None:
    there = migration(app, tmp_path)
    with pytest.raises(services.NotReconciled, match="Name what should have come in"):
        there.sign()
    figure = there.expect(None)
    there.count()
    with pytest.raises(services.NotReconciled):
        there.sign()
    there.explain(figure, 4, "")
    with pytest.raises(services.NotReconciled):
        there.sign()
    there.explain(figure, 4, "One was a test account of the old system.")
    there.sign()
    with pytest.raises(services.AlreadySigned):
        there.sign()


def test_what_changed_since_it_was_counted_is_not_signed_unseen(app: Flask, tmp_path: Path) -> None:
    there = migration(app, tmp_path)
    there.expect(3)
    there.count()
    brought_in(there.here, "account", tmp_path, "Account ID,Name\n4,Fourth\n", "old-crm 2.csv")
    with pytest.raises(services.CountedBefore):
        there.sign()


def test_a_signature_keeps_its_figures_and_later_counts_stand_beside_it(app: Flask, tmp_path: Path) -> None:
    there = migration(app, tmp_path)
    figure = there.expect(3)
    there.count()
    there.sign()
    brought_in(there.here, "account", tmp_path, "Account ID,Name\n4,Fourth\n", "old-crm 2.csv")
    there.count()
    with reading(app) as session:
        signature = session.scalars(select(MigrationSignature)).one()
        assert [one["found"] for one in signature.figures] == [3]
    assert there.found() == {("", ""): 4}
    with pytest.raises(services.AlreadySigned):
        there.explain(figure, 4, "Changed afterwards")
    with pytest.raises(services.AlreadySigned):
        there.expect(1, "employees")


def test_it_is_opened_again_for_a_reason_and_the_earlier_signature_stays(app: Flask, tmp_path: Path) -> None:
    there = migration(app, tmp_path)
    figure = there.expect(3)
    there.count()
    there.sign()
    with pytest.raises(InvalidInput):
        there.reopen("  ")
    there.reopen()
    there.explain(figure, 4, "One is still to come.")
    there.sign()
    with reading(app) as session:
        signatures = session.scalars(select(MigrationSignature).order_by(MigrationSignature.id)).all()
        assert [(one.reason, one.figures[0]["expected"]) for one in signatures] == [
            ("A table was missing.", 3),
            (None, 4),
        ]
    there.reopen("Once more.")
    with pytest.raises(services.NotSigned):
        there.reopen()


def test_undo_neither_gives_nor_takes_a_signature(app: Flask, tmp_path: Path) -> None:
    there = migration(app, tmp_path)
    there.expect(3)
    there.count()
    there.sign()
    with pytest.raises(CannotUndo, match="is signed"):
        there.undo()
    with reading(app) as session:
        assert session.get_one(MigrationRun, there.run_id).is_signed
    there.reopen()
    with pytest.raises(CannotUndo, match="on the page of the run"):
        there.undo()
    with reading(app) as session:
        assert not session.get_one(MigrationRun, there.run_id).is_signed


def test_one_figure_is_in_a_run_once_and_may_come_back_after_it_was_left_out(app: Flask) -> None:
    there = migration(app)
    figure = there.expect(3)
    with pytest.raises(services.NamedTwice):
        there.expect(4)
    with working(app, there.by()) as session:
        run = there.run(session)
        found = next(one for one in there.figures() if one.id == figure)
        services.put_figure_away(session, run, session.merge(found), by=there.by(), at=NOW)
    assert there.expect(4) != figure


def test_one_statement_counts_a_kind_however_many_figures_it_has(app: Flask, tmp_path: Path) -> None:
    there = migration(app, tmp_path)
    there.expect(3)
    costs = []
    for name, currency in (("employees", ""), ("revenue", "EUR")):
        with reading(app) as session, counting() as statements:
            services.found_now(session, there.figures())
            costs.append(len(statements))
        there.expect(1, name, currency)
    assert costs[0] == costs[1]


def test_a_kind_that_cannot_be_counted_any_more_is_left_uncounted(app: Flask) -> None:
    there = migration(app)
    with working(app, there.by()) as session:
        run = there.run(session)
        figure = services._add(session, run, ("gone", SYSTEM, "", ""), 3)
        assert services.found_now(session, [figure]) == {}
    with pytest.raises(Refusal):
        there.sign()


def test_records_are_found_by_index(app: Flask, database_kind: str) -> None:
    migration(app)
    from implementor.releases.figures import measure_named

    measure = measure_named("account", "")
    assert measure is not None
    with reading(app) as session:
        explain = "EXPLAIN QUERY PLAN " if database_kind == "sqlite" else "EXPLAIN "
        if database_kind == "postgresql":
            session.connection().exec_driver_sql("SET LOCAL enable_seqscan = off")
        statement = figures_found(measure.entity, [SYSTEM, "import:1"], [(measure, "")])
        literal = statement.compile(session.connection(), compile_kwargs={"literal_binds": True})
        plan = [str(row[-1]) for row in session.connection().exec_driver_sql(explain + str(literal))]
    assert not [line for line in plan if line.startswith("SCAN account") or "Seq Scan" in line], plan
