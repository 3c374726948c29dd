"""A search looks through everything once, in little memory, and knows what people decided."""

from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine, delete, insert, select

from implementor.crm.accounts.models import Account
from implementor.demo.bulk_crm_rows import NAMES, mixed, pick
from implementor.demo.bulk_people import CITIES
from implementor.duplicates import searching
from implementor.duplicates.models import DuplicatePair
from implementor.duplicates.portraits import portrait_of
from implementor.duplicates.sameness import samenesses
from implementor.duplicates.scanning import DRAWERS, Album, Portraits, Search
from implementor.duplicates.searcher import Engagement
from implementor.duplicates.searching import SearchEnded, Several, Steps, reading_of
from implementor.duplicates.services.pairs import ask_for_scan, dismiss_pair
from implementor.foundation.bulk import write_many
from implementor.jobs.running import run_inline
from implementor.jobs.services import cancel_job
from implementor.web.database import db
from tests.auth.builders import reading
from tests.crm.builders import START, Company, company
from tests.duplicates.builders import merge_of, pair_id_of, pairs_of, scanned
from tests.duplicates.real_truth import found_in, people_of_fake_1000


def forget_pairs(here: Company) -> None:
    """As a base that was brought in by an import, which proposes nothing by itself."""
    with here.working() as session:
        session.execute(delete(DuplicatePair))


def test_the_search_finds_what_comparing_in_memory_finds(tmp_path: Path) -> None:
    portraits, _truth = people_of_fake_1000()
    with closing(Search(tmp_path, is_small_base=True)) as search:
        counts = [
            search.look(enumerate(portraits[:500])),
            search.look((place + 500, portrait) for place, portrait in enumerate(portraits[500:])),
        ]
        search.close_step()
        for drawer in range(DRAWERS):
            search.meet(drawer)
        search.close_step()
        found = {(left, right) for drawer in range(DRAWERS) for left, right, _score in search.compare(drawer)}

    assert counts == [500, len(portraits) - 500]
    assert found == found_in(portraits)


def test_slips_of_the_keyboard_are_found_and_shown_with_their_score(app: Flask) -> None:
    here = company(app)
    one = here.add("account", name="Talleres Pérez SL", street="Calle Mayor 4", city="Vigo", postcode="36201")
    other = here.add("account", name="Tallers Perez", street="C/ Mayor 4", city="Vigo", postcode="36201")
    here.add("account", name="Pérez e Hijos", city="Madrid")

    ended = scanned(here)

    assert (ended.state, ended.result) == ("done", {"records": 3, "candidates": 1})
    assert pairs_of(here) == {(one, other)}
    page = here.browser().get("/crm/duplicates?kind=account")
    assert "Talleres Pérez SL · Tallers Perez" in page.text


def test_what_was_decided_is_not_asked_again_and_what_is_gone_goes(app: Flask) -> None:
    here = company(app)
    one, other, third, fourth, gone = (here.add("account", name="Alfa SL", city="Vigo", zone=zone) for zone in "ABCDE")
    scanned(here)
    pair_id = pair_id_of(here, one, other)
    with here.working() as session:
        pair = session.get_one(DuplicatePair, pair_id)
        dismiss_pair(session, pair, reason="Two plants", by=here.by(), at=START)
    merge_of(here, third, fourth)
    here.change("account", gone, name="Omega", city="Lugo")

    scanned(here)

    assert pairs_of(here, "dismissed") == {(one, other)}
    assert pairs_of(here, "merged") == {(third, fourth)}
    assert pairs_of(here) == {(one, third), (other, third)}


def test_a_search_is_not_asked_for_twice_and_can_be_called_off(app: Flask) -> None:
    here = company(app)
    here.add("account", name="Alfa SL", city="Vigo")
    here.add("account", name="Alfa SL", city="Vigo")
    forget_pairs(here)
    with here.working("manager") as session:
        job = ask_for_scan(session, samenesses["account"], by=here.by("manager"), at=START)
        session.flush()
        job_id = job.id
        cancel_job(job, by=here.by("manager"), at=START)

    with here.working("manager") as session:
        again = ask_for_scan(session, samenesses["account"], by=here.by("manager"), at=START).id

    assert again != job_id
    assert run_inline(app, again).state == "done"
    assert len(pairs_of(here)) == 1


def test_a_portrait_comes_back_as_it_was_kept(tmp_path: Path) -> None:
    portrait = portrait_of([("name", "Ana Ruiz"), ("email", "ana@a.example"), ("email", "a.ruiz@b.example")])
    with closing(Album(tmp_path, 0)) as album:
        album.add(7, portrait)
        album.add(900, portrait)
    with closing(Portraits(tmp_path, 0)) as kept:
        assert kept.of(900) == kept.of(7) == portrait
        assert kept.of(8) is None
        assert kept.of(901) is None


def damaged(text: str, number: int) -> str:
    """A text with two of its letters in the wrong order."""
    place = number % (len(text) - 1)
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]


def crowd(here: Company, count: int) -> None:
    """So many accounts, one in ten like another one with a slip in its name."""
    names = [f"{pick(CITIES, number, 1)} {pick(NAMES, number, 2)} {mixed(number, 3)}" for number in range(count)]
    spelled = [damaged(names[number - 1], number) if number % 10 == 9 else name for number, name in enumerate(names)]
    rows = [
        {
            "name": name, "name_key": name.lower(), "city": pick(CITIES, number - (number % 10 == 9), 4), "version": 1,
            "created_at": START, "updated_at": START,
        }
        for number, name in enumerate(spelled)
    ]  # fmt: skip
    with here.working() as session:
        write_many(session, insert(Account.__table__), rows)  # type: ignore[arg-type]  # it is a table


def scored(here: Company) -> set[tuple[int, int, int, str]]:
    """Every pair that was found with its score and its parts."""
    with reading(here.app) as session:
        columns = DuplicatePair.left_id, DuplicatePair.right_id, DuplicatePair.score, DuplicatePair.parts
        return {(left, right, score, str(parts)) for left, right, score, parts in session.execute(select(*columns))}


def test_two_processes_find_what_one_finds(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    here = company(app)
    crowd(here, 5_000)
    alone = scanned(here)
    found = scored(here)
    forget_pairs(here)

    monkeypatch.setattr(searching, "FEW", 100)
    together = scanned(here)

    assert (together.state, together.result) == (alone.state, alone.result)
    assert scored(here) == found
    assert len(found) > 10


def test_a_search_of_several_that_is_called_off_leaves_nobody_behind(app: Flask, tmp_path: Path) -> None:
    here = company(app)
    crowd(here, 300)
    engagements = [
        Engagement(reading_of(engine_of(app), samenesses["account"]), tmp_path, place, 2, is_small_base=True)
        for place in range(2)
    ]
    with closing(Several(engagements)) as several:
        answers = Steps(several).look([(first, first + 9) for first in range(1, 300, 10)])
        assert next(one for one in answers if one is not None) == 10
        processes = list(several.searchers)
    assert [one.poll() is None for one in processes] == [False, False]
    assert not any(thread.is_alive() for thread in several.hands)


def test_every_kind_can_be_read_by_another_process(app: Flask) -> None:
    here = company(app)
    here.add("lead", last_name="Ruiz", company="Alfa SL")
    portraits = {}
    for kind, declared in samenesses.items():
        reading_for_all = reading_of(engine_of(app), declared)
        with closing(reading_for_all.connected()) as connection:
            portraits[kind] = [found for _id, found in reading_for_all.portraits(connection.cursor(), 1, 99)]
    assert portraits["lead"] == [{"name": ("ruiz",), "company": ("alfa",)}]


def test_a_searcher_that_dies_ends_the_search_with_a_reason(app: Flask, tmp_path: Path) -> None:
    engagement = Engagement(reading_of(engine_of(app), samenesses["account"]), tmp_path, 0, 1, is_small_base=True)
    with closing(Several([engagement])) as several:
        several.searchers[0].kill()
        with pytest.raises(SearchEnded):
            list(several.ask([("look", 1, 9)]))


def engine_of(app: Flask) -> Engine:
    """The engine of an application."""
    with app.app_context():
        return db.engine
