"""Keys follow their records, and exact matches are found by one statement."""

from flask import Flask
from sqlalchemy import event, text

from implementor.duplicates import queries
from implementor.duplicates.match_keys import exact_matches, exact_matches_of_rows, refresh_keys
from implementor.duplicates.models import DuplicatePair
from implementor.duplicates.sameness import samenesses
from tests.auth.builders import reading
from tests.crm.builders import Company, company
from tests.duplicates.builders import explained, keys_of_record, merge_of, pairs_of


def matches(here: Company, **values: str) -> list[tuple[int, tuple[str, ...], bool]]:
    """Who matches these values exactly: id, by what, and whether that is certain."""
    with reading(here.app) as session:
        return [(one.record_id, one.roles, one.is_certain) for one in exact_matches(session, "account", values.items())]


def test_keys_are_written_with_the_record_and_change_with_it(app: Flask) -> None:
    here = company(app)
    account = here.add("account", name="Talleres Pérez, S.L.", phone="+34 612 345 678")
    assert keys_of_record(here, account) == {("company", "talleres perez"), ("phone", "612345678")}

    here.change("account", account, name="Pérez e Hijos SL", phone=None)

    assert keys_of_record(here, account) == {("company", "perez hijos")}


def test_a_change_that_tells_nobody_apart_leaves_the_keys_alone(app: Flask) -> None:
    here = company(app)
    account = here.add("account", name="Iberia Steel")
    with reading(app) as session:
        session.execute(text("SELECT 1"))
    with here.working() as session:
        session.execute(text("DELETE FROM match_key"))

    here.change("account", account, description="A good one")

    assert keys_of_record(here, account) == set()


def test_another_spelling_is_matched_with_what_makes_it_so(app: Flask) -> None:
    here = company(app)
    account = here.add("account", name="Talleres Pérez, S.L.", tax_id="B-1234567", email="info@perez.example")

    assert matches(here, company="TALLERES PEREZ SLU") == [(account, ("company",), False)]
    assert matches(here, tax_id="b1234567") == [(account, ("tax_id",), True)]
    assert matches(here, email="INFO@perez.example") == [(account, ("email",), False)]
    assert matches(here, company="Pérez e Hijos") == []


def test_a_batch_of_rows_is_matched_row_by_row(app: Flask) -> None:
    here = company(app)
    first, second = here.add("account", name="Alfa SL"), here.add("account", name="Beta SA")
    rows = [[("company", "Beta")], [("company", "Gamma")], [("company", "ALFA S.L.")]]

    with reading(app) as session:
        found = exact_matches_of_rows(session, "account", rows)

    assert [[one.record_id for one in each] for each in found] == [[second], [], [first]]


def test_a_value_that_very_many_bear_matches_nobody_and_hides_nobody(app: Flask) -> None:
    here = company(app)
    many = [here.add("account", name=f"Branch {number}", phone="+34 900 100 200") for number in range(25)]
    one = here.add("account", name="Alone", phone="+34 911 222 333")

    with reading(app) as session:
        crowd, found = exact_matches_of_rows(session, "account", [[("phone", "900100200")], [("phone", "911222333")]])

    assert (crowd, [match.record_id for match in found], len(many)) == ([], [one], 25)


def test_what_is_put_away_or_merged_matches_no_more(app: Flask) -> None:
    here = company(app)
    one, other = here.add("account", name="Alfa SL"), here.add("account", name="Alfa S.A.")

    merge_of(here, one, other)

    assert matches(here, company="alfa") == [(one, ("company",), False)]
    assert keys_of_record(here, other) == set()


def test_an_entry_is_compared_at_once_with_who_bears_the_same(app: Flask) -> None:
    here = company(app)
    one = here.add("account", name="Alfa SL", city="Vigo")
    other = here.add("account", name="Alfa S.A.", city="Vigo")
    here.add("account", name="Beta")

    assert pairs_of(here) == {(one, other)}


def test_the_check_is_one_statement_whatever_is_asked(app: Flask) -> None:
    here = company(app)
    here.add("account", name="Alfa SL", phone="+34 612 345 678", email="a@alfa.example")
    values = {"company": "Alfa", "phone": "612345678", "email": "a@alfa.example", "tax_id": "B12345678"}

    with reading(app) as session:
        said: list[str] = []
        event.listen(session.connection(), "before_cursor_execute", lambda *called: said.append(called[2]))
        exact_matches(session, "account", values.items())

    assert len(said) == 1


def test_the_check_finds_by_the_index(app: Flask, database_kind: str) -> None:
    here = company(app)
    here.add("account", name="Alfa SL", phone="+34 612 345 678")
    with here.working() as session:
        refresh_keys(session, "account", [1])
    with reading(app) as session:
        asked = queries.bearing_keys("account", [("phone", "612345678"), ("company", "alfa")], limit=10)
        plan = explained(session, asked, database_kind)

    assert "pk_match_key" in plan or "PRIMARY KEY (kind=? AND role=? AND value=?)" in plan, plan


def test_the_list_and_the_panel_read_by_index(app: Flask, database_kind: str) -> None:
    here = company(app)
    account, by = samenesses["account"], here.by()
    with reading(app) as session:
        newest = queries.pairs_of_kind(account, state="open", actor=by).order_by(
            DuplicatePair.score.desc(), DuplicatePair.id.desc()
        )
        listed = explained(session, newest.limit(25), database_kind)
        beside = explained(
            session, queries.candidates_of(account, actor=by, limit=5).params(record_id=7), database_kind
        )

    assert "ix_duplicate_pair_list" in listed, listed
    assert "ix_duplicate_pair_right" in beside, beside
    assert "uq_duplicate_pair" in beside or "sqlite_autoindex_duplicate_pair" in beside, beside
