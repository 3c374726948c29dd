"""Who sees an interaction: whoever sees its account, contact or what it is about, its owner, and who follows up."""

from typing import Any

from flask import Flask
from sqlalchemy import select

from implementor.crm.interactions.models import Interaction
from implementor.crm.records.queries import within
from implementor.foundation.access import Access, AccessRule, Reach
from implementor.foundation.live import LiveConfiguration, living
from implementor.foundation.permissions import Role
from tests.auth.builders import reading
from tests.crm.builders import Company, company


def seen(here: Company, who: str, *rules: AccessRule) -> set[str]:
    """The subjects that somebody sees under these rules."""
    live = LiveConfiguration(stamp="test", access=Access({(rule.kind, rule.role): rule for rule in rules}))
    with reading(here.app) as session, living(live):
        return set(session.scalars(select(Interaction.subject).where(within(Interaction, here.by(who)))))


def rule(kind: str, see: Reach) -> AccessRule:
    """What every seller sees of a kind."""
    return AccessRule(kind, Role.CRM_USER, see, see)


def log(here: Company, subject: str, account: int, who: str = "seller", **values: Any) -> int:
    """A call with an account."""
    given = {"channel": "phone", "direction": "out", "subject": subject, "account": account, **values}
    return here.add("interaction", who, **given)


def test_what_happened_with_an_account_is_seen_by_all_who_see_the_account(app: Flask) -> None:
    here = company(app)
    log(here, "First call", here.add("account", name="Iberia Steel"))
    assert seen(here, "elsewhere") == {"First call"}
    assert seen(here, "elsewhere", rule("account", Reach.OWN), rule("contact", Reach.OWN)) == set()
    assert seen(here, "mate", rule("account", Reach.TEAM), rule("contact", Reach.TEAM)) == {"First call"}
    assert seen(here, "stranger") == set()


def test_its_owner_and_who_follows_up_see_it_without_seeing_the_account(app: Flask) -> None:
    here = company(app)
    account = here.add("account", name="Iberia Steel")
    follows = {"follow_up_on": "2026-04-01", "follow_up_owner": here.people["mate"].id}
    log(here, "To follow", account, "elsewhere", **follows)
    log(here, "Not to follow", account, "elsewhere")
    none = (rule("account", Reach.OWN), rule("contact", Reach.OWN))
    assert seen(here, "elsewhere", *none) == {"To follow", "Not to follow"}
    assert seen(here, "mate", *none) == {"To follow"}


def test_a_narrower_rule_for_interactions_counts_before_the_account(app: Flask) -> None:
    here = company(app)
    log(here, "First call", here.add("account", name="Iberia Steel"))
    assert seen(here, "mate", rule("interaction", Reach.OWN)) == set()
    assert seen(here, "mate", rule("interaction", Reach.TEAM)) == {"First call"}
    assert seen(here, "elsewhere", rule("interaction", Reach.TEAM)) == set()
    assert seen(here, "mate", rule("interaction", Reach.NONE)) == set()


def test_administrators_see_everything(app: Flask) -> None:
    here = company(app)
    log(here, "First call", here.add("account", name="Iberia Steel"))
    assert seen(here, "crm_admin", rule("account", Reach.OWN)) == {"First call"}
