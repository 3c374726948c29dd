"""What a dry run says of profiles, layouts and rules that would take from people what they need or own."""

from typing import Any

import pytest
from flask import Flask

from implementor.configuration.services.needs import NeedWish, add_need
from implementor.configuration.snapshots import load
from implementor.foundation.live import living
from implementor.foundation.shapes import Strength
from implementor.releases.item_kinds import item_kinds
from implementor.releases.item_services import drawn_up
from implementor.releases.setting_kinds import Wish, setting_kind
from tests.crm.builders import START, Company, company

PROFILE = "opportunity/crm_user"


def found(here: Company, kind: str, target: str, **asked: Any) -> dict[str, tuple[int, bool]]:
    """Code, number and whether it blocks, of what is found of a change."""
    known: Any = setting_kind(kind)
    with here.working("crm_admin") as session, living(load(session)):
        shown = known.values(known.live(session, target))
        operation = drawn_up(session, Wish(kind, "change", target, {**shown, **asked}))[1]
        return {one.code: (one.count, one.blocks) for one in item_kinds[kind].findings(session, operation)}


@pytest.mark.parametrize("strength", [Strength.WARN, Strength.CREATE])
def test_what_a_rule_needs_is_not_shut_or_left_out_unseen(app: Flask, strength: Strength) -> None:
    here, blocks = company(app), strength is Strength.CREATE
    with here.working("crm_admin") as session:
        wish = NeedWish("Say the next step", "Diga el paso siguiente", field="next_step", strength=strength)
        rule = add_need(session, "opportunity", wish, by=here.by("crm_admin"), at=START).uid
    for shut in ({"hidden": ["next_step"]}, {"read_only": ["next_step"]}):
        assert found(here, "access_profile", PROFILE, **shut) == {"needed_is_shut": (1, blocks)}
    assert found(here, "access_profile", PROFILE, hidden=["source"]) == {}
    assert found(here, "page_layout", "layout:opportunity", left_out=["next_step"]) == {"left_out_needed": (1, blocks)}
    with here.working("crm_admin") as session:
        item_kinds["access_profile"].apply(
            session,
            drawn_up(session, Wish("access_profile", "change", PROFILE, {"hidden": ["next_step"]}))[1],
            by=here.by("crm_admin"), at=START,
        )  # fmt: skip
    assert found(here, "required_rule", rule, in_imports=True)["shut_out"] == (1, False)


def test_owners_who_would_lose_their_records_are_counted(app: Flask) -> None:
    here = company(app)
    account = str(here.add("account", name="Alba"))
    for name in ("Ovens", "Mixers"):
        here.add("opportunity", name=name, account=account)
    assert found(here, "access_profile", PROFILE, see="none", edit="none") == {"own_unseen": (2, True)}
    assert found(here, "access_profile", PROFILE, edit="none") == {"own_shut": (2, False)}
    assert found(here, "access_profile", PROFILE, see="own", edit="own") == {}
