"""A consolidated pack as somebody reads it who was given a link: what was frozen, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import Response
from flask.typing import ResponseReturnValue

from implementor.auth import browser
from implementor.foundation.permissions import ANYONE
from implementor.portfolio import pack_queries as queries
from implementor.portfolio import pack_services as services
from implementor.portfolio.models import ConsolidatedPack, PackLink
from implementor.portfolio.views.pack_files import answer_pack_file
from implementor.portfolio.views.routing import blueprint
from implementor.status.guests import Door
from implementor.web.guard import allow
from implementor.web.markdown import render_markdown
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session


@blueprint.get("/shared-packs/<token>")
@allow(ANYONE)
def open_shared_pack(token: str) -> ResponseReturnValue:
    """Take the token out of the address."""
    return DOOR.take_token(token)


@blueprint.get("/shared-packs")
@allow(ANYONE)
def shared_pack() -> ResponseReturnValue:
    """The pack, as it was frozen."""
    return DOOR.open()


@blueprint.get("/shared-packs/files/<format>")
@allow(ANYONE)
def shared_pack_file(format: str) -> ResponseReturnValue:
    """One file of the pack."""
    return DOOR.take_file(format)


def _show(link: PackLink, pack: ConsolidatedPack) -> Response:
    files = session().scalars(queries.files_of_pack(pack_id=pack.id)).all()
    prose = render_markdown(pack.content["comment"])
    return draw("portfolio/packs/shared.html", link=link, files=files, content=pack.content, prose=prose, linked=False)


def _opened(link: PackLink, format: str | None) -> Callable[[Any], None]:
    return partial(services.note_pack_opening, link_id=link.id, block=browser.block(), format=format, at=now())


DOOR = Door[PackLink, ConsolidatedPack](
    held="shared_pack", page="portfolio.shared_pack",
    find=lambda token: services.shared_pack(session(), token, at=now()), opened=_opened, show=_show,
    file=lambda pack, format: answer_pack_file(pack.id, format),
)  # fmt: skip
