"""A search looks through everything once, in little memory, and knows what people decided."""

from pathlib import Path

from flask import Flask
from sqlalchemy import delete

from implementor.duplicates.models import DuplicatePair
from implementor.duplicates.portraits import portrait_of
from implementor.duplicates.sameness import samenesses
from implementor.duplicates.scanning import Search
from implementor.duplicates.services.pairs import ask_for_scan, dismiss_pair
from implementor.jobs.running import run_inline
from implementor.jobs.services import cancel_job
from tests.crm.builders import START, Company, company
from tests.duplicates.builders import merge_of, pair_id_of, pairs_of, scanned
from tests.duplicates.real_truth import found_in, people_of_fake_1000


def forget_pairs(here: Company) -> None:
    """As a base that was brought in by an import, which proposes nothing by itself."""
    with here.working() as session:
        session.execute(delete(DuplicatePair))


def test_the_search_finds_what_comparing_in_memory_finds(tmp_path: Path) -> None:
    portraits, _truth = people_of_fake_1000()
    search = Search(tmp_path, is_small_base=True)
    search.look(enumerate(portraits[:500]))
    search.look((place + 500, portrait) for place, portrait in enumerate(portraits[500:]))

    steps = list(search.meet())
    found = {(left, right) for candidates in search.compare() for left, right, _score in candidates}
    search.close()

    assert steps[-1] == len(steps)
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
    search = Search(tmp_path)
    search.look([(7, portrait), (900, portrait)])

    assert search._album.portrait(900) == search._album.portrait(7) == portrait
    search.close()
