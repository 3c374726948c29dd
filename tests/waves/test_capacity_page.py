"""The grid of a wave's capacity: filled in at once, refused beside the cell, undone as a whole, discreet."""

from flask import Flask
from sqlalchemy import func, select

from implementor.waves.models import CapacityShare
from tests.auth.builders import reading
from tests.waves.builders import add_wave, rollout


def test_the_grid_is_saved_at_once_refused_beside_the_cell_undone_and_keeps_reasons_for_leads(app: Flask) -> None:
    here = rollout(app)
    add_wave(here)
    browser, address = here.browser(), here.url("/waves/1/capacity")
    share = f"share_u{here.lead.id}"
    sent = {
        share: "50", "label_pnew0": "Trainer", "people_pnew0": "2", "share_pnew0": "25", "rate": "1.5",
        "who_anew0": str(here.lead.id), "from_anew0": "2026-03-05", "reason_anew0": "Surgery",
    }  # fmt: skip
    form, old = (browser.get(address).form("[id=capacity_grid]") for _ in range(2))
    wrong = form.submit({**sent, share: "500", "from_anew0": "2026-13-99"}, status=422)
    assert 'value="500"' in wrong.html
    assert "whole number from 0 to 100" in wrong.html
    saved = wrong.form("[id=capacity_grid]").submit(sent)
    assert "Surgery" in browser.get(address).html
    assert "Surgery" not in here.browser(here.viewer).get(address).html
    assert "Trainer" in browser.get(f"{address}/export.csv").response.text
    stale = old.submit({"rate": "9"}, status=409)
    assert 'value="9"' in stale.html
    saved.form("form[action*='undo']").submit()
    with reading(app) as session:
        assert session.scalar(select(func.count(CapacityShare.id))) == 0
