"""A rule that a story changes keeps what the story's form does not ask."""

from flask import Flask

from implementor.configuration.services.needs import NeedWish, add_need
from implementor.foundation.conditions import Comparison, Condition
from implementor.foundation.shapes import Strength
from implementor.releases.setting_kinds import setting_kind
from tests.crm.builders import START, company


def test_a_rule_keeps_the_conditions_that_the_form_of_a_story_does_not_ask(app: Flask) -> None:
    here = company(app)
    asked = (
        Condition("owner", Comparison.EQUALS, (str(here.people["seller"].id),)),
        Condition("status", Comparison.EQUALS, ("open",)),
        Condition("next_step", Comparison.IS_SET),
        Condition("source", Comparison.IS_SET),
    )
    kind = setting_kind("required_rule")
    assert kind is not None
    with here.working("crm_admin") as session:
        wish = NeedWish("Say when", "Diga cuándo", field="close_on", conditions=asked, strength=Strength.WARN)
        rule = add_need(session, "opportunity", wish, by=here.by("crm_admin"), at=START)
        before = kind.live(session, rule.uid) or {}
        after = kind.image(session, before, {**kind.values(before), "label_en": "Say the day"})
        shown = {name: value for name, value in kind.values(before).items() if name.startswith("field_")}
    assert shown == {"field_1": "status", "field_2": "next_step"}
    assert after["label"]["en"] == "Say the day"
    assert sorted(map(str, after["conditions"])) == sorted(map(str, before["conditions"]))
