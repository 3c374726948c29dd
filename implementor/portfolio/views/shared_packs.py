"""A consolidated pack as somebody reads it who was given a link: what was frozen, and nothing else."""

from __future__ import annotations

from functools import partial

from flask import redirect, url_for
from flask import session as browser_session
from flask.typing import ResponseReturnValue

from implementor.auth import browser
from implementor.foundation.errors import NotFound
from implementor.foundation.permissions import ANYONE
from implementor.portfolio import pack_queries as queries
from implementor.portfolio import pack_services as services
from implementor.portfolio.models import ConsolidatedPack, PackLink
from implementor.portfolio.views.pack_files import answer_pack_file
from implementor.portfolio.views.routing import blueprint
from implementor.status.guests import come_later, quietly
from implementor.web.guard import allow
from implementor.web.markdown import render_markdown
from implementor.web.render import draw
from implementor.web.unit_of_work import enter_in_ledger, now, session

HELD = "shared_pack"
"""Where the browser keeps the token, so that it stays in no history, log or Referer header."""


@blueprint.get("/shared-packs/<token>")
@allow(ANYONE)
def open_shared_pack(token: str) -> ResponseReturnValue:
    """Take the token out of the address."""
    browser_session[HELD] = token[:200]
    return quietly(redirect(url_for("portfolio.shared_pack"), 303))


@blueprint.get("/shared-packs")
@allow(ANYONE)
def shared_pack() -> ResponseReturnValue:
    """The pack, as it was frozen."""
    later = come_later()
    if later is not None:
        return later
    found = _found()
    if found is None:
        return quietly(draw("status/dead_link.html", 404, reason=None))
    link, pack = found
    _note(link, None)
    files = session().scalars(queries.files_of_pack(pack_id=pack.id)).all()
    prose = render_markdown(pack.content["comment"])
    return quietly(
        draw("portfolio/packs/shared.html", link=link, files=files, content=pack.content, prose=prose, linked=False)
    )


@blueprint.get("/shared-packs/files/<format>")
@allow(ANYONE)
def shared_pack_file(format: str) -> ResponseReturnValue:
    """One file of the pack."""
    found = _found() if come_later() is None else None
    if found is None:
        raise NotFound("pack_file")
    answer = answer_pack_file(found[1].id, format)
    _note(found[0], format)
    return quietly(answer)


def _found() -> tuple[PackLink, ConsolidatedPack] | None:
    return services.shared_pack(session(), browser_session.get(HELD, ""), at=now())


def _note(link: PackLink, format: str | None) -> None:
    """In the ledger, because reading writes nothing itself."""
    enter_in_ledger(
        partial(services.note_pack_opening, link_id=link.id, block=browser.block(), format=format, at=now())
    )
