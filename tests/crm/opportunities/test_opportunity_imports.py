"""Opportunities from files: stages in the words of others, moves that a later file tells, amounts frozen at closing."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from implementor.crm.opportunities.models import Opportunity, StageEvent
from tests.auth.builders import reading
from tests.crm.importing import brought_in, counts, take_back
from tests.crm.opportunities.sales import Sales, sales

SHEET = "Opportunity ID,Opportunity,Stage,Created,Close date,Amount\n1,Pumps,Proposal,2026-01-05,2026-04-30,1000\n"


def only(here: Sales) -> Opportunity:
    with reading(here.app) as session:
        return session.scalars(select(Opportunity)).one()


@pytest.mark.parametrize(
    ("word", "key"),
    [("Closed Won", "won"), ("Cerrada perdida", "lost"), ("Negociación", "negotiation"), ("50%", "proposal"),
     ("Prospecting", "qualification"), ("needs", "needs"), ("", "qualification")],
)  # fmt: skip
def test_a_stage_is_understood_in_the_words_of_others(app: Flask, tmp_path: Path, word: str, key: str) -> None:
    here = sales(app)
    assert counts(brought_in(here, "opportunity", tmp_path, SHEET.replace("Proposal", word))) == (1, 0, 0, 0)
    assert here.stage_now(only(here).id) == key


def test_a_stage_that_nobody_knows_is_refused_and_asked_for(app: Flask, tmp_path: Path) -> None:
    here = sales(app)
    report = brought_in(here, "opportunity", tmp_path, SHEET.replace("Proposal", "Limbo"))
    assert counts(report) == (0, 0, 0, 1)
    assert "Limbo" in report["reasons"][0]["message"]


def test_a_later_file_moves_it_and_leaves_the_fact(app: Flask, tmp_path: Path) -> None:
    here = sales(app)
    brought_in(here, "opportunity", tmp_path, SHEET)
    later = SHEET.replace("Proposal", "Closed Won").replace("2026-04-30", "2026-02-10")
    assert counts(brought_in(here, "opportunity", tmp_path, later)) == (0, 1, 0, 0)
    made = only(here)
    assert (made.status, int(made.probability_ratio), made.base_amount) == ("won", 1, 100000)
    days = 36 * 86400
    assert here.facts(made.id) == [(None, "proposal", None), ("proposal", "won", days)]
    with reading(app) as session:
        assert str(session.scalars(select(StageEvent.at).order_by(StageEvent.id)).all()[-1].date()) == "2026-02-10"
    assert counts(brought_in(here, "opportunity", tmp_path, later)) == (0, 0, 1, 0)


def test_taking_a_move_back_opens_it_again(app: Flask, tmp_path: Path) -> None:
    here = sales(app)
    brought_in(here, "opportunity", tmp_path, SHEET)
    brought_in(here, "opportunity", tmp_path, SHEET.replace("Proposal", "Lost").replace("04-30", "02-10"))
    take_back(here)
    made = only(here)
    assert (made.status, made.closed_at, here.stage_now(made.id)) == ("open", None, "proposal")
    assert here.facts(made.id) == [(None, "proposal", None)]
