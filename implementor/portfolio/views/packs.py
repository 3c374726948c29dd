"""Consolidated packs: the list, how one would stand now, issuing it, and one that was issued."""

from __future__ import annotations

from flask import Response, redirect, request, url_for
from flask import session as browser_session
from flask.typing import ResponseReturnValue

from implementor.foundation.errors import InvalidInput, NotFound
from implementor.foundation.pages import SortKey, page_of
from implementor.foundation.permissions import SIGNED_IN
from implementor.foundation.text import whole_number
from implementor.foundation.words import say, speech
from implementor.portfolio import pack_queries as queries
from implementor.portfolio import pack_services as services
from implementor.portfolio.forms import PackForm, PackLinkForm
from implementor.portfolio.models import ConsolidatedPack
from implementor.portfolio.pack_composing import Wanted, compose_pack
from implementor.portfolio.permissions import PACK
from implementor.portfolio.present import standings
from implementor.portfolio.queries import programmes_seen
from implementor.portfolio.views.routing import blueprint, tabs
from implementor.projects.models import Programme
from implementor.status.models import FORMATS
from implementor.web.guard import actor, allow
from implementor.web.markdown import render_markdown
from implementor.web.messages import tell
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session

PAGES = {
    "take": "portfolio.take_pack_file", "build": "portfolio.build_pack", "share": "portfolio.share_pack",
    "revoke": "portfolio.revoke_pack_link",
}  # fmt: skip
"""The addresses of files and links, as their pieces of the page ask for them."""
FRESH = "fresh_pack_link"
"""Where the browser keeps a new link until the next page, which shows it this once."""


@blueprint.get("/portfolio/packs")
@allow(SIGNED_IN)
def packs() -> Response:
    """The packs of which the reader may see every project, the latest first."""
    page = page_of(
        session(),
        queries.rows_of_packs(actor()),
        order_by=[SortKey(ConsolidatedPack.__table__.c.id, descending=True)],
        limit=queries.ON_A_PAGE,
        after=request.args.get("after"),
        before=request.args.get("before"),
    )
    programmes = session().scalars(programmes_seen(actor())).all()
    names = {one.id: one.name for one in programmes}
    return draw("portfolio/packs/index.html", page=page, programmes=programmes, names=names, tabs=tabs())


@blueprint.get("/portfolio/packs/now")
@allow(SIGNED_IN)
def pack_now() -> Response:
    """How a pack would stand now, of what the reader may see."""
    return _draw_draft(_programme(request.args.get("programme", "")), PackForm(formdata=None))


@blueprint.post("/portfolio/packs")
@allow(PACK)
def issue_pack() -> ResponseReturnValue:
    """Freeze a pack."""
    form = PackForm().offer()
    programme = _programme(form.programme.data or "")
    try:
        comment = services.checked_comment(form.comment.data or "")
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _draw_draft(programme, form, 422)
    wanted = Wanted(programme, form.chosen_language(speech().language), comment)
    made = compose_pack(session(), wanted, standings(), by=actor(), at=now())
    pack = services.issue_pack(session(), wanted, made, by=actor(), at=now())
    tell(say("Consolidated pack %(number)s is issued and stays as it is.", number=pack.id))
    return redirect(url_for("portfolio.pack", pack_id=pack.id), 303)


@blueprint.get("/portfolio/packs/<int:pack_id>")
@allow(SIGNED_IN)
def pack(pack_id: int) -> Response:
    """One pack as it was frozen, with its files and links."""
    return draw_pack(pack_or_404(pack_id))


def pack_or_404(pack_id: int) -> ConsolidatedPack:
    """The pack, if the reader may see every project in it."""
    found: ConsolidatedPack | None = session().scalars(queries.pack_open_to(actor(), pack_id=pack_id)).one_or_none()
    if found is None:
        raise NotFound("consolidated_pack")
    return found


def draw_pack(found: ConsolidatedPack, form: PackLinkForm | None = None, status: int = 200) -> Response:
    """The page of a pack."""
    fresh, may_share = browser_session.pop(FRESH, None) or {}, actor().may(PACK)
    return draw(
        "portfolio/packs/show.html",
        status,
        found=found,
        content=found.content,
        prose=render_markdown(found.content["comment"]),
        linked=True,
        formats=FORMATS,
        pages={**PAGES, "of": {"pack_id": found.id}, "is_withdrawn": False},
        files={file.format: file for file in session().scalars(queries.files_of_pack(pack_id=found.id))},
        links=session().execute(queries.links_of_pack(pack_id=found.id)).all() if may_share else [],
        fresh_url=fresh.get("url") if fresh.get("pack") == found.id else None,
        form=form or PackLinkForm(formdata=None),
        now=now(),
        may_share=may_share,
    )


def _draw_draft(programme: Programme | None, form: PackForm, status: int = 200) -> Response:
    """How it would stand, with the form that issues it for who may."""
    wanted = Wanted(programme, speech().language)
    made = compose_pack(session(), wanted, standings(), by=actor(), at=now())
    if not form.is_submitted():
        form.programme.data, form.language.data = str(wanted.programme_id or ""), speech().language
    return draw(
        "portfolio/packs/now.html",
        status,
        programme=programme,
        content=made.content,
        prose="",
        linked=True,
        form=form.offer(),
        may_issue=actor().may(PACK),
    )


def _programme(named: str) -> Programme | None:
    """The programme of that id; None for the portfolio. Raises NotFound for one that is out of sight."""
    if not named:
        return None
    wanted = programmes_seen(actor()).where(Programme.id == (whole_number(named) or 0))
    found: Programme | None = session().scalars(wanted).one_or_none()
    if found is None:
        raise NotFound("programme")
    return found
