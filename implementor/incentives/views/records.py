"""The list and the page of incentives, rules and periods, and what an incentive shows besides its fields."""

from __future__ import annotations

from typing import Any

from implementor.audiences.pages import Part, pages_of
from implementor.foundation.words import say
from implementor.incentives import queries
from implementor.incentives.kinds import INCENTIVES, PERIODS, RULES
from implementor.incentives.models import Incentive
from implementor.incentives.views.periods import parts_of_period
from implementor.incentives.views.routing import WORDS, blueprint, tabs_at
from implementor.web.unit_of_work import session


def parts_of_incentive(found: Incentive) -> dict[str, Any]:
    """Its rules and periods."""
    place = {"project_id": found.project_id, "incentive_id": found.id}
    return {
        "rules": session().scalars(queries.rules_of(**place)).all(),
        "periods": session().scalars(queries.periods_of(**place)).all(),
        **WORDS,
    }


PARTS: dict[str, Part] = {
    INCENTIVES.one: ("incentives/_incentive.html", parts_of_incentive),
    PERIODS.one: ("incentives/_period.html", parts_of_period),
}
for _shown, _path in ((INCENTIVES, ""), (RULES, "rules"), (PERIODS, "periods")):
    pages_of(
        blueprint, _shown, _path, tabs_at, say("Incentives"), part=PARTS.get(_shown.one), listed="incentives/list.html"
    )
