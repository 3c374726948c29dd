"""A wave that waits for another project is done when the later of both is; the other is named to those who see it."""

from collections.abc import Sequence
from datetime import UTC, date, timedelta
from random import Random

import pytest
from flask import Flask
from sqlalchemy import select, update

from implementor.foundation.permissions import Role
from implementor.projects.models import Project, ProjectDependency
from implementor.waves.awaiting import Delivery, first_waiting, joint_chance, joint_day
from implementor.waves.forecast import SHARES, draws_from, simulate
from implementor.waves.forecasting import Assumptions, WaveForecast, forecast_of
from tests.auth.builders import reading, working
from tests.projects.builders import add_project
from tests.waves.builders import Rollout, rollout
from tests.waves.test_forecast_pages import NOW, finish, promised

TODAY = date(2026, 3, 2)
PACE, OTHERS = draws_from([3, 1, 4, 0, 2, 5]), draws_from([2, 2, 1, 3, 0, 2])


def day(days: int) -> date:
    return TODAY + timedelta(days=days)


def weeks_until(dice: Random, draws: object, quantity: int) -> int:
    """In which week one run is done, thrown by other dice than those of the program."""
    done, weeks = 0.0, 0
    while done < quantity:
        done += dice.choices(draws.values, weights=draws.weights)[0]  # type: ignore[attr-defined]
        weeks += 1
    return weeks


def test_the_odds_are_those_of_the_later_of_both_in_each_run() -> None:
    own, other = simulate(PACE, 30.0, seed=1), simulate(OTHERS, 30.0, seed=1)
    delivery = Delivery("Login", 2, TODAY, None, TODAY, 18, other)
    dice = Random(5)
    last = [max(weeks_until(dice, PACE, 20), weeks_until(dice, OTHERS, 18)) for _run in range(4000)]
    for weeks in (6, 8, 10, 12, 14):
        seen = sum(one <= weeks for one in last) / len(last)
        stated = joint_chance(own, 20, weeks, day(weeks * 7), [delivery])
        assert stated == pytest.approx(seen, abs=0.03), weeks


def test_a_promised_day_is_a_floor_and_more_certainty_is_never_earlier() -> None:
    own = simulate(PACE, 30.0, seed=1)
    alone = {share: day(int(own.weeks_for(20, share) or 0) * 7) for share in SHARES}
    near, far = (Delivery("Login", 2, day(1), day(days), day(days)) for days in (1, 700))

    def dates(*deliveries: Delivery) -> list[date | None]:
        return [joint_day(own, 20, share, deliveries, today=TODAY, own=alone[share]) for share in SHARES]

    assert dates(far) == [day(700)] * 4
    assert dates(near) == sorted(dates(near), key=lambda one: one or date.max)
    assert all(one >= alone[share] for share, one in zip(SHARES, dates(near), strict=True) if one)
    assert joint_day(own, 20, 50, [Delivery("Never", 2, TODAY, None, day(9000))], today=TODAY, own=TODAY) is None


@pytest.mark.parametrize(("ends", "needed", "place"), [
    ([day(5), day(20)], 5, 0), ([day(5), day(20)], 6, 1), ([day(5), None], 90, 1), ([day(5), day(20)], 90, 1),
])  # fmt: skip
def test_the_wave_that_is_built_on_that_day_waits(ends: Sequence[date | None], needed: int, place: int) -> None:
    assert first_waiting(ends, day(needed)) == place


def waits_for(app: Flask, here: Rollout, supplier: int, needed: date, promised_on: date | None) -> None:
    """VEN waits for something of the other project, which comes into its programme."""
    with working(app) as session:
        programme_id = session.scalar(select(Project.programme_id).where(Project.id == here.project_id))
        session.execute(update(Project).where(Project.id == supplier).values(programme_id=programme_id))
        session.add(ProjectDependency(programme_id=programme_id, supplier_id=supplier, receiver_id=here.project_id,
                                      what="Single sign-on", needed_on=needed, promised_on=promised_on))  # fmt: skip


def forecast_now(here: Rollout, number: int) -> WaveForecast:
    with reading(here.app) as session:
        made = forecast_of(session, project_id=here.project_id, at=NOW, zone=UTC, assumptions=Assumptions())
    found = made.of_wave(number)
    assert found is not None
    return found


def test_pages_name_the_other_project_to_those_who_see_it_and_dates_wait_for_it(app: Flask) -> None:
    here = rollout(app)
    finish(here, [3] * 8)
    number = promised(here)
    before = forecast_now(here, number)
    other = add_project(app, "SER", people=[(Role.VIEWER, here.lead)])
    late = NOW.date() + timedelta(days=200)
    waits_for(app, here, other, NOW.date() + timedelta(days=7), late)
    found = forecast_now(here, number)
    assert before.chance is not None
    assert before.chance > 0.9
    assert (found.chance, set(found.dates.values())) == (0.0, {late})
    for page in ("forecast", f"{number}/forecast", f"{number}/plan"):
        seen = here.browser().get(here.url(f"/waves/{page}")).text
        assert "Waits for Single sign-on of Rollout SER: promised for" in seen, page
        hidden = here.browser(here.viewer).get(here.url(f"/waves/{page}")).text
        assert "Waits for another project: promised for" in hidden, page
        assert "Single sign-on" not in hidden
        assert "Rollout SER" not in hidden


def test_a_project_that_delivers_is_forecast_by_its_own_past(app: Flask) -> None:
    here, other = rollout(app), rollout(app, "SER")
    finish(here, [5] * 8)
    finish(other, [1] * 8)
    number = promised(here)
    promised(other, left=12)
    waits_for(app, here, other.project_id, NOW.date() + timedelta(days=7), NOW.date() + timedelta(days=28))
    found = forecast_now(here, number)
    (delivery,) = found.waits
    assert delivery.left == 12
    sure = found.dates[50]
    assert sure is not None
    assert sure > NOW.date() + timedelta(weeks=9), "twelve stories at one a week"
    assert "as likely as not" in here.browser().get(here.url(f"/waves/{number}/forecast")).text
