"""The portfolio: every project that the reader may see, as it stands."""

from __future__ import annotations

from collections import Counter

from flask import Response, request

from implementor.foundation.permissions import SIGNED_IN
from implementor.lists.page import list_page
from implementor.lists.record_page import present_scope
from implementor.lists.sheets import sheet_of
from implementor.portfolio.catalogue import SILENT_DAYS, WORST_FIRST, silent_until
from implementor.portfolio.present import standings
from implementor.portfolio.views.routing import blueprint, tabs
from implementor.projects.permissions import CREATE
from implementor.status.health import COLOURS
from implementor.web.guard import actor, allow
from implementor.web.render import draw
from implementor.web.unit_of_work import session


@blueprint.get("/portfolio")
@allow(SIGNED_IN)
def index() -> Response:
    """Every project in use that the reader may see, the worst first."""
    counted = Counter(one.colour for one in standings().health.values())
    page = list_page(session(), sheet_of("portfolio"), present_scope(), request.args.to_dict(flat=False))
    return draw(
        "portfolio/index.html",
        page=page,
        tabs=tabs(),
        colours=[(one, counted[one.key]) for key in WORST_FIRST for one in COLOURS if one.key == key],
        silent_until=silent_until(),
        silent_days=SILENT_DAYS,
        may_create=actor().may(CREATE),
    )
