"""What cannot be planned with is refused beside its field, and waves without dates, room or estimates break no page."""

import pytest
from flask import Flask

from tests.waves.builders import Rollout, add_story, add_wave, rollout

ABSURD = [
    ("share_u{lead}", "-1"), ("share_u{lead}", "101"), ("share_u{lead}", "1e9"), ("share_u{lead}", "half"),
    ("hours_u{lead}", "25"), ("hours_u{lead}", "-3"), ("rate", "-2"), ("rate", "NaN"), ("rate", "Infinity"),
    ("rate", "9999999"), ("people_pnew0", "-1"), ("people_pnew0", "0"), ("people_pnew0", "100000"),
    ("from_anew0", "2026-02-30"), ("to_anew0", "2026-03-01"),
]  # fmt: skip


def test_absurd_capacities_are_refused_beside_their_fields(app: Flask) -> None:
    here = rollout(app)
    add_wave(here)
    browser, address = here.browser(), here.url("/waves/1/capacity")
    usual = {
        f"share_u{here.lead.id}": "50", "label_pnew0": "Trainer", "people_pnew0": "2", "share_pnew0": "25",
        "who_anew0": str(here.lead.id), "from_anew0": "2026-03-05", "to_anew0": "2026-03-06",
    }  # fmt: skip
    page = browser.get(address)
    for name, typed in ABSURD:
        field = name.format(lead=here.lead.id)
        wrong = page.form("[id=capacity_grid]").submit({**usual, field: typed}, status=422)
        found = [one.get("name") for one in wrong.all("#capacity_grid input[aria-invalid=true]")]
        assert found == [field], (field, typed)
        (beside,) = wrong.all("#capacity_grid .field-error")
        assert beside.text_content().strip(), (field, typed)
        assert typed in [one.get("value") for one in wrong.all(f"#capacity_grid input[name={field}]")]
    assert browser.get(address).all("#capacity_grid .field-error") == []


@pytest.fixture
def odd(app: Flask) -> Rollout:
    """A wave without dates that can carry nothing, and one with a must-have beyond everything; one has no estimate."""
    here = rollout(app)
    huge = add_story(here, "Huge", points="90", moscow="must")
    unknown = add_story(here, "Unknown", points=None, status="idea")
    add_wave(here, "Undated", [unknown], starts_on=None, ends_on=None, capacity_points="0")
    add_wave(here, "Small", [huge], capacity_points="10")
    return here


def test_pages_of_waves_without_dates_room_or_estimates_say_so(odd: Rollout) -> None:
    browser = odd.browser()
    pages = {
        "1/plan": ("Unknown",), "1/capacity": ("no start and end yet",), "1/forecast": ("its past says nothing yet",),
        "1/start": (), "1/suggestion": ("Nobody has estimated",), "2/plan": ("90 of 10 points, over by 80",),
        "2/suggestion": ("Too large: 90 of 10 points",), "forecast": (), "forecast/backtest": ("Not enough past yet",),
        "flow": (),
    }  # fmt: skip
    for page, told in pages.items():
        text = browser.get(odd.url(f"/waves/{page}")).text
        for words in told:
            assert words in text, page
    assert browser.get(odd.url("/scenarios")).status == 200
