"""Migration runs: the list, the page of one, counting, signing and opening again."""

from __future__ import annotations

from typing import Any

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.foundation.errors import InvalidInput
from implementor.foundation.words import say
from implementor.history.timeline import timeline_of
from implementor.lists.page import list_page
from implementor.lists.record_page import present_scope, record_page
from implementor.lists.sheets import sheet_of
from implementor.releases import permissions, queries, services
from implementor.releases.forms import ReopenForm
from implementor.releases.models import MigrationRun
from implementor.releases.reconciliation import SETTLED, is_reconciled
from implementor.releases.views.drawing import groups_of, import_url
from implementor.releases.views.routing import blueprint, run_or_404
from implementor.web.guard import actor, allow, reads_first
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session, start_writing


@blueprint.get("")
@allow(permissions.VIEW)
def index(project_key: str) -> Response:
    """The migration runs of the project."""
    asked = request.args.to_dict(flat=False)
    page = list_page(session(), sheet_of("migration_run"), present_scope(), asked)
    return draw("releases/index.html", page=page, signed=asked.get("signed_at", [""])[0])


@blueprint.get("/new")
@allow(permissions.EDIT)
def new(project_key: str) -> ResponseReturnValue:
    """Begin a run."""
    return redirect(url_for("lists.new", kind="migration_run"), 303)


@blueprint.get("/<int:migration_id>")
@allow(permissions.VIEW)
def show(project_key: str, migration_id: int) -> Response:
    """Everything about one run."""
    return draw_run(run_or_404(migration_id), ReopenForm())


@blueprint.post("/<int:migration_id>/count")
@allow(permissions.EDIT)
@reads_first
def count(project_key: str, migration_id: int) -> ResponseReturnValue:
    """Count what is here now; long tables are read before anything is kept from others."""
    run = run_or_404(migration_id)
    found = services.found_now(session(), session().scalars(queries.figures_of_run(run_id=run.id)).all())
    start_writing()
    run = run_or_404(migration_id, to_change=True)
    figures = session().scalars(queries.figures_of_run(run_id=run.id)).all()
    services.keep_counts(session(), run, figures, found, by=actor(), at=now())
    tell_done(say("What %(name)s brought is counted.", name=run.name))
    return redirect(url_for("releases.show", migration_id=migration_id), 303)


@blueprint.post("/<int:migration_id>/sign")
@allow(permissions.SIGN)
def sign(project_key: str, migration_id: int) -> ResponseReturnValue:
    """Vouch for the figures."""
    run = run_or_404(migration_id, to_change=True)
    services.sign(session(), run, by=actor(), at=now())
    tell_done(say("%(name)s is signed.", name=run.name))
    return redirect(url_for("releases.show", migration_id=migration_id), 303)


@blueprint.post("/<int:migration_id>/reopen")
@allow(permissions.SIGN)
def reopen(project_key: str, migration_id: int) -> ResponseReturnValue:
    """Withdraw the signature, with a reason."""
    run, form = run_or_404(migration_id, to_change=True), ReopenForm()
    try:
        services.reopen(session(), run, reason=form.reason.data or "", by=actor(), at=now())
    except InvalidInput as refusal:
        form.refuse(refusal)
        return draw_run(run, form, 422)
    tell_done(say("%(name)s is open again.", name=run.name))
    return redirect(url_for("releases.show", migration_id=migration_id), 303)


def draw_run(run: MigrationRun, form: ReopenForm, status: int = 200) -> Response:
    """The page of a run, in a number of statements that figures do not change."""
    scope = present_scope()
    page = record_page(session(), sheet_of("migration_run"), scope, run.id)
    timeline = timeline_of(session(), "migration_run", run.id, scope, at=now(), after=request.args.get("after"))
    signatures = session().execute(queries.signatures_of_run(run_id=run.id)).all()
    standing = next((one for one in signatures if one.MigrationSignature.reopened_at is None), None)
    groups = groups_of(run, standing.MigrationSignature.figures if standing is not None else ())
    return draw(
        "releases/show.html",
        status,
        run=run,
        page=page,
        form=form,
        groups=groups,
        signatures=signatures,
        standing=standing,
        timeline=timeline,
        timeline_next_url=timeline.next and url_for("releases.show", migration_id=run.id, after=timeline.next),
        import_url=import_url,
        **_standing_of(run, groups),
    )


def _standing_of(run: MigrationRun, groups: list[Any]) -> dict[str, Any]:
    """How far a run is, and what its reader may do with it."""
    figures = [line.compared for group in groups for line in group.lines]
    may_edit = actor().may(permissions.EDIT) and not run.is_archived
    return {
        "figures": figures,
        "settled": sum(one.state in SETTLED for one in figures),
        "different": sum(bool(one.difference) for one in figures),
        "drifted": sum(one.drift is not None for one in figures),
        "is_reconciled": is_reconciled(figures),
        "may_count": may_edit and bool(figures),
        "may_edit": may_edit and not run.is_signed,
        "may_sign": actor().may(permissions.SIGN) and not run.is_archived,
    }
