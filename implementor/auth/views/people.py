"""People of the installation, for administrators: invite, name, give roles, disable, help back in."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from flask import Response, redirect, request, url_for
from flask import session as browser_session
from flask.typing import ResponseReturnValue

from implementor.auth import browser, queries, sessions
from implementor.auth.forms import InvitationForm, PersonForm, RolesForm
from implementor.auth.models import User
from implementor.auth.permissions import MANAGE_USERS
from implementor.auth.services import links, people
from implementor.auth.views.blueprint import blueprint
from implementor.foundation.errors import InvalidInput
from implementor.foundation.pages import SortKey, page_of
from implementor.foundation.panels import Place, panels_of
from implementor.foundation.permissions import ROLE_LABELS, Role
from implementor.foundation.words import Phrase, say
from implementor.web.found import is_newer, one_or_404
from implementor.web.guard import actor, allow
from implementor.web.language import NAMES, settings
from implementor.web.messages import tell
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session

ROWS = 50
SHOWN_LINK = "shown_link"


@blueprint.get("/settings/people")
@allow(MANAGE_USERS)
def list_people() -> ResponseReturnValue:
    """Everybody with an account, by name."""
    words = request.args.get("q", "")[:200]
    order = (SortKey(User.name_key.expression), SortKey(User.id.expression))
    page = page_of(
        session(), queries.people(words), order_by=order, limit=ROWS,
        after=request.args.get("after"), before=request.args.get("before"),
    )  # fmt: skip
    roles = _role_labels(row.id for row in page.rows)
    return draw("auth/people/index.html", people=page.rows, roles=roles, page=page, words=words)


@blueprint.get("/settings/people/new")
@allow(MANAGE_USERS)
def new_person() -> ResponseReturnValue:
    """The form that invites somebody."""
    return _invitation_page(InvitationForm(formdata=None, language=settings().languages[0]))


@blueprint.post("/settings/people/new")
@allow(MANAGE_USERS)
def invite_person() -> ResponseReturnValue:
    """Add somebody and issue the link with which they choose their password."""
    form = _with_languages(InvitationForm())
    if not form.validate():
        return _invitation_page(form, 422)
    try:
        user = people.add_user(
            session(), name=form.name.data or "", email=form.email.data or "", by=actor(), at=now(),
            roles=[Role(role) for role in form.roles.data or []], language=form.language.data,
            time_zone=str(settings().time_zone),
        )  # fmt: skip
    except InvalidInput as invalid:
        form.refuse(invalid)
        return _invitation_page(form, 422)
    return _issue(user, say("%(name)s is invited.", name=user.name))


@blueprint.get("/settings/people/<int:user_id>")
@allow(MANAGE_USERS)
def show_person(user_id: int) -> ResponseReturnValue:
    """One person with everything an administrator may do."""
    return _page(_found(user_id))


@blueprint.post("/settings/people/<int:user_id>")
@allow(MANAGE_USERS)
def change_person(user_id: int) -> ResponseReturnValue:
    """Correct name or address."""
    user, form = _found(user_id), PersonForm()
    if not form.validate() or is_newer(user, form):
        return _page(user, 422, details=form)
    try:
        people.rename_user(
            session(), user, name=form.name.data or "", email=form.email.data or "", by=actor(), at=now()
        )
    except InvalidInput as invalid:
        form.refuse(invalid)
        return _page(user, 422, details=form)
    return _told(user, say("%(name)s is changed.", name=user.name))


@blueprint.post("/settings/people/<int:user_id>/roles")
@allow(MANAGE_USERS)
def change_roles(user_id: int) -> ResponseReturnValue:
    """Give and take roles of the installation."""
    user, form = _found(user_id), RolesForm()
    if not form.validate():
        return _page(user, 422, roles=form)
    roles = [Role(role) for role in form.roles.data or []]
    people.set_roles(session(), user, roles=roles, by=actor(), at=now())
    return _told(user, say("The roles of %(name)s are changed.", name=user.name))


@blueprint.post("/settings/people/<int:user_id>/disable")
@allow(MANAGE_USERS)
def disable_person(user_id: int) -> ResponseReturnValue:
    """Keep somebody out from this moment on."""
    user = _found(user_id)
    people.disable_user(session(), user, by=actor(), at=now())
    return _told(user, say("%(name)s can no longer sign in.", name=user.name))


@blueprint.post("/settings/people/<int:user_id>/enable")
@allow(MANAGE_USERS)
def enable_person(user_id: int) -> ResponseReturnValue:
    """Let somebody sign in again."""
    user = _found(user_id)
    people.enable_user(session(), user, by=actor(), at=now())
    return _told(user, say("%(name)s can sign in again.", name=user.name))


@blueprint.post("/settings/people/<int:user_id>/link")
@allow(MANAGE_USERS)
def issue_person_link(user_id: int) -> ResponseReturnValue:
    """Issue a new invitation, or a link to a new password."""
    user = _found(user_id)
    return _issue(user, say("%(name)s gets a new link.", name=user.name))


@blueprint.post("/settings/people/<int:user_id>/sign-out")
@allow(MANAGE_USERS)
def sign_person_out(user_id: int) -> ResponseReturnValue:
    """End all sessions of somebody, for instance when a laptop was lost."""
    user = _found(user_id)
    sessions.end_all(session(), user.id, at=now())
    return _told(user, say("%(name)s is signed out on all devices.", name=user.name))


def _found(user_id: int) -> User:
    return one_or_404(queries.person_by_id(user_id))


def _told(user: User, sentence: Phrase) -> ResponseReturnValue:
    tell(sentence)
    return redirect(url_for("auth.show_person", user_id=user.id), 303)


def _issue(user: User, sentence: Phrase) -> ResponseReturnValue:
    """Issue a link; without a mail server the administrator is shown it, once, and hands it over."""
    link = links.issue_link(session(), user, base=browser.base_address(), by=actor(), at=now())
    if not settings().smtp_url:
        browser_session[SHOWN_LINK] = {"user_id": user.id, "url": link.url}
    return _told(user, sentence)


def _shown_link(user: User) -> str | None:
    shown = browser_session.get(SHOWN_LINK)
    if not shown or shown["user_id"] != user.id:
        return None
    browser_session.pop(SHOWN_LINK)
    return str(shown["url"])


def _role_labels(user_ids: Any) -> dict[int, list[Phrase]]:
    labels: dict[int, list[Phrase]] = defaultdict(list)
    for user_id, role in session().execute(queries.roles_of(user_ids)):
        labels[user_id].append(ROLE_LABELS[Role(role)])
    return labels


def _with_languages(form: InvitationForm) -> InvitationForm:
    return form.offer([(code, NAMES.get(code, code)) for code in settings().languages])


def _invitation_page(form: InvitationForm, status: int = 200) -> Response:
    return draw("auth/people/new.html", status, form=_with_languages(form))


def _page(
    user: User, status: int = 200, *, details: PersonForm | None = None, roles: RolesForm | None = None
) -> Response:
    held = [role for _, role in session().execute(queries.roles_of([user.id]))]
    return draw(
        "auth/people/show.html", status, person=user, link=_shown_link(user), is_me=user.id == actor().user_id,
        teams=session().execute(queries.teams_of_person(user.id)).all(),
        details=details or PersonForm(formdata=None, obj=user),
        panels=panels_of(session(), "auth.person", Place(actor(), now(), record=user)),
        roles=roles or RolesForm(formdata=None, data={"roles": held}),
    )  # fmt: skip
