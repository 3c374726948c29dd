"""Building the demo world in an empty database, in one transaction."""

from __future__ import annotations

import random
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from implementor.auth.passwords import weakness
from implementor.auth.services.people import is_empty
from implementor.configuration.first_use import bring_in_shipped
from implementor.configuration.snapshots import now_live
from implementor.demo.automation import plan_automation
from implementor.demo.campaigns import plan_campaigns
from implementor.demo.company import COMPANY, FOUNDED, PEOPLE, found_company
from implementor.demo.customers import plan_customers
from implementor.demo.dealings import plan_dealings
from implementor.demo.direction import plan_direction
from implementor.demo.going_live import plan_going_live
from implementor.demo.governing import plan_governing
from implementor.demo.helping import plan_help
from implementor.demo.hindrances import plan_hindrances
from implementor.demo.house_rules import plan_house_rules
from implementor.demo.incentives import plan_incentives
from implementor.demo.looking_back import plan_looking_back
from implementor.demo.market import Market
from implementor.demo.migrations import plan_migrations
from implementor.demo.money import plan_money
from implementor.demo.own_values import plan_own_values
from implementor.demo.people_affected import plan_people_affected
from implementor.demo.play import Play, moment
from implementor.demo.prospects import plan_prospects
from implementor.demo.released import plan_releases
from implementor.demo.reporting import plan_reporting
from implementor.demo.reports import plan_reports
from implementor.demo.requests import plan_requests
from implementor.demo.rollouts import ROLLOUTS, plan_rollout
from implementor.demo.sales import plan_sales
from implementor.demo.service_desk import plan_service
from implementor.demo.settings import plan_settings
from implementor.demo.standard import plan_standard
from implementor.demo.steering import plan_steering
from implementor.demo.surveys import plan_surveys
from implementor.demo.training_ahead import plan_training_ahead
from implementor.demo.training_results import plan_training_results
from implementor.demo.waiting import plan_waiting
from implementor.demo.what_ifs import plan_what_ifs
from implementor.foundation.errors import Refusal
from implementor.foundation.live import living
from implementor.foundation.words import say

SEED = "cumbrelia"


OF_ROLLOUTS = (
    plan_hindrances, plan_waiting, plan_direction, plan_standard, plan_governing, plan_money, plan_what_ifs,
    plan_reporting, plan_steering, plan_settings,
)  # fmt: skip
"""What happens in the projects, in the order in which their people think of it."""
OF_PEOPLE = (
    plan_own_values,
    plan_looking_back,
    plan_people_affected,
    plan_training_results,
    plan_training_ahead,
    plan_requests,
    plan_going_live,
    plan_surveys,
)
"""What people affected by rollouts learn, ask and answer."""


class NotEmpty(Refusal):
    """The demo world is built in an empty database only."""

    def __init__(self) -> None:
        super().__init__(
            say("This database is in use: it has accounts. The demo world is built in an empty database only.")
        )


@dataclass(frozen=True)
class SignIn:
    """How somebody of the demo world comes in."""

    role: str
    name: str
    email: str
    password: str


def build_world(session: Session, *, today: date, password: str | None) -> tuple[list[SignIn], Play]:
    """Build company, customers and rollouts as of `today`; the same day gives the same world, but for passwords.

    Everybody gets `password`, or each a random one. Never commits. Raises NotEmpty, or InvalidInput for the password.
    """
    if not is_empty(session):
        raise NotEmpty
    passwords = {person.key: password or _new_password() for person in PEOPLE}
    play = Play(today, random.Random(SEED))  # nosec B311  # noqa: S311  # an invented world, not a secret
    bring_in_shipped(session, at=moment(today, FOUNDED))
    found_company(play, passwords)
    plan_house_rules(play, FOUNDED - 1)
    play.perform(session)
    for rollout in ROLLOUTS:
        plan_rollout(play, rollout)
    for plan_of_rollout in OF_ROLLOUTS:
        plan_of_rollout(play)
    plan_automation(play, sorted_days_ago=60, told_days_ago=12)
    plan_reports(play, days_ago=9)
    plan_releases(play)
    for plan_of_people in OF_PEOPLE:
        plan_of_people(play)
    market = Market(play)
    for plan in (
        plan_customers, plan_campaigns, plan_prospects, plan_sales, plan_dealings, plan_service, plan_migrations,
    ):  # fmt: skip
        plan(market)
    with living(now_live(session)):
        play.perform(session)
    plan_help(play)
    plan_incentives(play)
    with living(now_live(session)):  # by now releases have brought fields, whose reach is read
        play.perform(session)
    return list(_sign_ins(passwords)), play


def _sign_ins(passwords: Mapping[str, str]) -> Iterator[SignIn]:
    for person in PEOPLE:
        if person.shown_as is not None:
            yield SignIn(str(person.shown_as), person.name, person.email, passwords[person.key])


def _new_password() -> str:
    about = [COMPANY, *(person.name for person in PEOPLE)]
    while True:
        candidate = secrets.token_urlsafe(15)
        if weakness(candidate, about) is None:
            return candidate
