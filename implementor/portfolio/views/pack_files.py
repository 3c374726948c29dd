"""The files of a consolidated pack and the links by which it is shared."""

from __future__ import annotations

from flask import Response, redirect, url_for
from flask import session as browser_session
from flask.typing import ResponseReturnValue

from implementor.foundation.errors import InvalidInput, NotFound
from implementor.foundation.permissions import SIGNED_IN
from implementor.foundation.words import say
from implementor.jobs.services import enqueue
from implementor.portfolio import pack_queries as queries
from implementor.portfolio import pack_services as services
from implementor.portfolio.forms import PackLinkForm
from implementor.portfolio.models import ConsolidatedFile
from implementor.portfolio.permissions import PACK
from implementor.portfolio.views.packs import FRESH, draw_pack, pack_or_404
from implementor.portfolio.views.routing import blueprint
from implementor.status.models import FORMATS, TYPES
from implementor.web.guard import actor, allow
from implementor.web.messages import tell
from implementor.web.unit_of_work import now, session


@blueprint.post("/portfolio/packs/<int:pack_id>/files")
@allow(SIGNED_IN)
def build_pack(pack_id: int) -> ResponseReturnValue:
    """Have the files made that are not there yet, in a job with progress."""
    found = pack_or_404(pack_id)
    job = enqueue(
        session(),
        "portfolio.build_pack",
        arguments={"pack_id": found.id, "url": url_for("portfolio.pack", pack_id=found.id)},
        title=say("Files of consolidated pack %(number)s", number=found.id),
        by=actor(),
        at=now(),
    )
    session().flush()  # the answer leads to the job's page
    return redirect(url_for("jobs.show", job_id=job.id), 303)


@blueprint.get("/portfolio/packs/<int:pack_id>/files/<format>")
@allow(SIGNED_IN)
def take_pack_file(pack_id: int, format: str) -> ResponseReturnValue:
    """One file, as it was made."""
    return answer_pack_file(pack_or_404(pack_id).id, format)


def answer_pack_file(pack_id: int, format: str) -> Response:
    """A file as an answer. Raises NotFound for one that was not made."""
    found: ConsolidatedFile | None = None
    if format in FORMATS:
        found = session().scalars(queries.file_of_pack(pack_id=pack_id, format=format)).one_or_none()
    if found is None:
        raise NotFound("pack_file")
    answer = Response(found.data, mimetype=TYPES[format])
    answer.headers["Content-Disposition"] = f"attachment; filename=pack-{pack_id}.{format}"
    answer.set_etag(found.sha256)
    return answer


@blueprint.post("/portfolio/packs/<int:pack_id>/links")
@allow(PACK)
def share_pack(pack_id: int) -> ResponseReturnValue:
    """Make a link; its address is shown on the next page, this once."""
    found, form = pack_or_404(pack_id), PackLinkForm()
    try:
        link, token = services.share_pack(
            session(), found, label=form.label.data or "", days=form.chosen_days, by=actor(), at=now()
        )
    except InvalidInput as refusal:
        form.refuse(refusal)
        return draw_pack(found, form, 422)
    address = url_for("portfolio.open_shared_pack", token=token, _external=True)
    browser_session[FRESH] = {"pack": found.id, "url": address}
    tell(say("The link for %(label)s is made. Copy it now: it is shown this once.", label=link.label))
    return redirect(url_for("portfolio.pack", pack_id=found.id, _anchor="share"), 303)


@blueprint.post("/portfolio/packs/<int:pack_id>/links/<int:link_id>/revoke")
@allow(PACK)
def revoke_pack_link(pack_id: int, link_id: int) -> ResponseReturnValue:
    """Shut a link."""
    found = pack_or_404(pack_id)
    link = session().scalars(queries.link_of_pack(pack_id=found.id, link_id=link_id)).one_or_none()
    if link is None:
        raise NotFound("consolidated_link")
    services.revoke_pack_link(session(), link, by=actor(), at=now())
    tell(say("The link for %(label)s is shut.", label=link.label))
    return redirect(url_for("portfolio.pack", pack_id=found.id, _anchor="share"), 303)
