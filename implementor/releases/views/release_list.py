"""The releases of a project and of the installation, one release with its notes, and rolling it back."""

from __future__ import annotations

from typing import Any

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.exchange.table_files import table_file
from implementor.foundation.errors import InvalidInput, NotFound
from implementor.foundation.pages import SortKey, page_of
from implementor.foundation.words import say, speech
from implementor.lists.page import list_page
from implementor.lists.record_page import present_scope
from implementor.lists.sheets import sheet_of
from implementor.releases import permissions
from implementor.releases import release_queries as queries
from implementor.releases.findings import ONE_WAY
from implementor.releases.release_catalogue import RELEASE
from implementor.releases.release_forms import ReturnForm
from implementor.releases.release_models import ConfigRelease
from implementor.releases.release_notes import without_stories
from implementor.releases.release_return import Return, return_of, roll_back
from implementor.releases.row_moving import moves_of_release, told
from implementor.releases.views.release_routing import OF_PROJECT, blueprint, may, release_or_404, wave_of
from implementor.web.guard import actor, allow
from implementor.web.language import show_moment
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session

ON_A_PAGE = 30


@blueprint.get(OF_PROJECT)
@allow(permissions.VIEW_RELEASES)
def index(project_key: str) -> Response:
    """What went live with the waves of this project, newest first."""
    asked = request.args.to_dict(flat=False)
    return draw("releases/of_project.html", page=list_page(session(), sheet_of(RELEASE.kind), present_scope(), asked))


@blueprint.get("/settings/releases")
@allow(permissions.READ_RELEASES)
def all_releases() -> Response:
    """Every release of the CRM, newest first; of which project and wave only for those who see it."""
    page = page_of(
        session(), queries.all_releases(actor()), order_by=[SortKey(ConfigRelease.number.expression, descending=True)],
        limit=ON_A_PAGE, after=request.args.get("after"), before=request.args.get("before"),
    )  # fmt: skip
    here = "config_releases.all_releases"
    return draw(
        "releases/list.html", rows=page.rows, next_url=page.next and url_for(here, after=page.next),
        previous_url=page.previous and url_for(here, before=page.previous),
    )  # fmt: skip


@blueprint.get("/settings/releases/export.<format>")
@allow(permissions.READ_RELEASES)
def export_all(format: str) -> Response:
    """Every release of the CRM as a file, with no more of projects than the list says."""
    header = [say("Number"), say("Live since"), say("Project"), say("Wave"), say("Settings of the CRM"),
              say("Rolled back")]  # fmt: skip
    found = session().execute(queries.all_releases(actor()).order_by(ConfigRelease.number.desc()))
    rows = [
        (row.number, row.applied_at, row.project_key, row.wave_name, row.operation_count, row.rolled_back_at)
        for row in found
    ]
    about = [str(say("Releases of the CRM")), show_moment(now()), actor().name]
    return table_file(f"releases-{now():%Y-%m-%d}", format, about=about, header=header, rows=rows)


@blueprint.get("/settings/releases/<int:number>")
@allow(permissions.READ_RELEASES)
def read(number: int) -> Response:
    """What a release changed, for everybody who works with the CRM."""
    found = queries.all_releases(actor()).where(ConfigRelease.number == number)
    row = session().execute(found).one_or_none()
    if row is None:
        raise NotFound("config_release")
    notes = notes_of(row)
    return draw("releases/read.html", row=row, notes=notes if row.project_key else without_stories(notes, row.number))


@blueprint.get(f"{OF_PROJECT}/<int:release_number>")
@allow(permissions.VIEW_RELEASES)
def release(project_key: str, release_number: int) -> Response:
    """One release: its notes, what it did step by step, and what rolling it back would mean."""
    found = release_or_404(release_number)
    moves = session().scalars(moves_of_release(release_id=found.id)).all()
    return draw(
        "releases/release.html",
        moves=moves,
        moves_told={one.id: told(one) for one in moves},
        release=found,
        people=session().execute(queries.release_with_people(release_id=found.id)).one(),
        operations=session().execute(queries.operations_of(release_id=found.id)).all(),
        let_be=session().execute(queries.let_be_at(release_id=found.id)).all(),
        one_way=ONE_WAY,
        notes=notes_of(found),
        may_return=may(permissions.APPLY_RELEASE) and found.stands,
    )


@blueprint.get(f"{OF_PROJECT}/<int:release_number>/roll-back")
@allow(permissions.APPLY_RELEASE)
def return_page(project_key: str, release_number: int) -> Response:
    """What rolling the release back would mean."""
    found = release_or_404(release_number)
    return _draw_return(return_of(session(), found), ReturnForm())


@blueprint.post(f"{OF_PROJECT}/<int:release_number>/roll-back")
@allow(permissions.APPLY_RELEASE)
def return_it(project_key: str, release_number: int) -> ResponseReturnValue:
    """Roll the release back by a decision."""
    found, form = release_or_404(release_number), ReturnForm()
    try:
        roll_back(
            session(), found, wave_of(found), reason=form.reason.data or "", signed=bool(form.signed.data),
            overwriting=bool(form.overwriting.data), by=actor(), at=now(),
        )  # fmt: skip
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _draw_return(return_of(session(), found), form, 422)
    tell_done(say("Release %(number)s is rolled back.", number=found.number))
    return redirect(url_for("config_releases.release", release_number=release_number), 303)


def notes_of(release: Any) -> str:
    """The notes of a release in the reader's language."""
    notes: str = release.notes_es if speech().language == "es" else release.notes_en
    return notes


def _draw_return(planned: Return, form: ReturnForm, status: int = 200) -> Response:
    return draw("releases/return.html", status, planned=planned, release=planned.release, form=form)
