"""Teams and the people in them."""

from __future__ import annotations

from flask import Response, redirect, url_for
from flask.typing import ResponseReturnValue

from implementor.auth import queries
from implementor.auth.forms import MemberForm, TeamForm
from implementor.auth.models import Team
from implementor.auth.permissions import MANAGE_TEAMS
from implementor.auth.services import teams
from implementor.auth.views.blueprint import blueprint
from implementor.foundation.errors import InvalidInput
from implementor.foundation.words import Phrase, say
from implementor.web.found import is_newer, one_or_404, pairs
from implementor.web.guard import actor, allow
from implementor.web.messages import tell, tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session


@blueprint.get("/settings/teams")
@allow(MANAGE_TEAMS)
def list_teams() -> ResponseReturnValue:
    """All teams, with a form for the next one and the archived ones below."""
    return _index(TeamForm(formdata=None))


@blueprint.post("/settings/teams")
@allow(MANAGE_TEAMS)
def add_team() -> ResponseReturnValue:
    """Add a team and open it, because people come next."""
    form = _with_choices(TeamForm(), None)
    if not form.validate():
        return _index(form, 422)
    try:
        team = teams.add_team(session(), **form.values(), by=actor(), at=now())
    except InvalidInput as invalid:
        form.refuse(invalid)
        return _index(form, 422)
    return _told(team, say("The team %(name)s is added.", name=team.name))


@blueprint.get("/settings/teams/<int:team_id>")
@allow(MANAGE_TEAMS)
def show_team(team_id: int) -> ResponseReturnValue:
    """One team with its people."""
    return _page(_found(team_id))


@blueprint.post("/settings/teams/<int:team_id>")
@allow(MANAGE_TEAMS)
def change_team(team_id: int) -> ResponseReturnValue:
    """Rename, change area or manager."""
    team = _found(team_id)
    form = _with_choices(TeamForm(), team)
    if not form.validate() or is_newer(team, form):
        return _page(team, form, 422)
    try:
        teams.edit_team(session(), team, **form.values(), by=actor(), at=now())
    except InvalidInput as invalid:
        form.refuse(invalid)
        return _page(team, form, 422)
    return _told(team, say("The team %(name)s is changed.", name=team.name))


@blueprint.post("/settings/teams/<int:team_id>/archive")
@allow(MANAGE_TEAMS)
def archive_team(team_id: int) -> ResponseReturnValue:
    """Put a team away."""
    team = _found(team_id)
    teams.archive_team(team, by=actor(), at=now())
    tell_done(say("The team %(name)s is archived.", name=team.name))
    return redirect(url_for("auth.list_teams"), 303)


@blueprint.post("/settings/teams/<int:team_id>/restore")
@allow(MANAGE_TEAMS)
def restore_team(team_id: int) -> ResponseReturnValue:
    """Take a team back into use."""
    team = _found(team_id)
    teams.restore_team(session(), team, by=actor(), at=now())
    return _told(team, say("The team %(name)s is in use again.", name=team.name))


@blueprint.post("/settings/teams/<int:team_id>/people")
@allow(MANAGE_TEAMS)
def add_team_member(team_id: int) -> ResponseReturnValue:
    """Put somebody into the team."""
    team = _found(team_id)
    form = MemberForm().offer(pairs(queries.people_to_choose()))
    if not form.validate():
        return _page(team, None, 422, member=form)
    user = one_or_404(queries.person_by_id(int(form.user_id.data)))
    teams.add_member(session(), team, user, by=actor(), at=now())
    tell(say("%(name)s is in the team %(team)s.", name=user.name, team=team.name))
    return redirect(url_for("auth.show_team", team_id=team.id), 303)


@blueprint.post("/settings/teams/<int:team_id>/people/<int:user_id>/remove")
@allow(MANAGE_TEAMS)
def remove_team_member(team_id: int, user_id: int) -> ResponseReturnValue:
    """Take somebody out of the team."""
    team, user = _found(team_id), one_or_404(queries.person_by_id(user_id))
    teams.remove_member(session(), team, user, by=actor(), at=now())
    tell(say("%(name)s is no longer in the team %(team)s.", name=user.name, team=team.name))
    return redirect(url_for("auth.show_team", team_id=team.id), 303)


def _found(team_id: int) -> Team:
    return one_or_404(queries.team_by_id(team_id))


def _told(team: Team, sentence: Phrase) -> ResponseReturnValue:
    tell_done(sentence)
    return redirect(url_for("auth.show_team", team_id=team.id), 303)


def _with_choices(form: TeamForm, team: Team | None) -> TeamForm:
    """Offer what is in use, and what the team has although it is not in use any more."""
    places = pairs(queries.areas_to_choose())
    leaders = pairs(queries.people_to_choose())
    if team is not None and team.area is not None and team.area.is_archived:
        places.append((team.area.id, team.area.name))
    if team is not None and team.manager is not None and team.manager.is_disabled:
        leaders.append((team.manager.id, team.manager.name))
    return form.offer(places, leaders)


def _index(form: TeamForm, status: int = 200) -> Response:
    found = session().execute(queries.teams().order_by(Team.name_key, Team.id)).all()
    return draw(
        "auth/teams/index.html", status, form=_with_choices(form, None),
        teams=[row for row in found if row.archived_at is None],
        archived=[row for row in found if row.archived_at is not None],
    )  # fmt: skip


def _page(team: Team, form: TeamForm | None = None, status: int = 200, *, member: MemberForm | None = None) -> Response:
    members = session().execute(queries.members_of_team(team.id)).all()
    inside = {row.id for row in members}
    others = [pair for pair in pairs(queries.people_to_choose()) if pair[0] not in inside]
    return draw(
        "auth/teams/show.html", status, team=team, members=members,
        form=_with_choices(form or TeamForm(formdata=None, obj=team), team),
        member=(member or MemberForm(formdata=None)).offer(others),
    )  # fmt: skip
