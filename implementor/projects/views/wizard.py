"""Creating a project step by step; what was entered travels in the form itself, so it works without any script."""

from __future__ import annotations

from typing import Any

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.calendars.countries import region_choices
from implementor.foundation.errors import InvalidInput
from implementor.foundation.fields import Scope
from implementor.foundation.words import say
from implementor.projects import queries
from implementor.projects.beginnings import offered
from implementor.projects.forms import FindPerson, about_form, scope_form
from implementor.projects.permissions import CREATE
from implementor.projects.services import NewProject, create_project, refuse_calendar, refuse_programme, usable_key
from implementor.projects.views.routing import blueprint
from implementor.projects.views.wizard_words import areas_to_tick, facts, people_by_role
from implementor.projects.wizard import CARRIED, STEPS, carried_people, chosen_people, step_of
from implementor.web.forms import Form
from implementor.web.guard import actor, allow, reads_first
from implementor.web.messages import present_action, tell
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session

ABOUT, SCOPE, PEOPLE, STORIES, CHECK = range(len(STEPS))
STEP_OF_FIELD = {name: place for place, step in enumerate(STEPS) for name in step.names}


@blueprint.get("/projects/new")
@allow(CREATE)
def new() -> Response:
    """The first step, empty."""
    return _draw_step(ABOUT, _form_of(ABOUT))


@blueprint.post("/projects/new")
@allow(CREATE)
@reads_first
def step() -> Response:
    """Go on, go back, find a person, take one in or out; nothing is written before the last step."""
    place = step_of(request.form.get("step", ""))
    verb, _, subject = request.form.get("go", "next").partition(":")
    if verb == "back":
        return _draw_step(max(place - 1, 0), _form_of(max(place - 1, 0)))
    if place == PEOPLE and verb in ("find", "add", "remove"):
        return _change_people(verb, subject)
    form = _form_of(place)
    if verb == "refresh" or place == CHECK:
        return _draw_step(place, form)
    if not _is_sound(place, form):
        return _draw_step(place, form, 422)
    if place == SCOPE and region_choices(form.country.data) and request.form.get("regions_of") != form.country.data:
        return _draw_step(place, form, asks_region=True)
    return _draw_step(place + 1, _form_of(place + 1))


@blueprint.post("/projects")
@allow(CREATE)
def create() -> ResponseReturnValue:
    """Create the project from everything that the steps gathered."""
    about, scope = _form_of(ABOUT), _form_of(SCOPE)
    for place, form in ((ABOUT, about), (SCOPE, scope)):
        if not _is_sound(place, form):
            return _draw_step(place, form, 422)
    try:
        project = create_project(session(), _wanted(about, scope), by=actor(), at=now())
    except InvalidInput as refusal:
        place = STEP_OF_FIELD.get(next(iter(refusal.errors)), ABOUT)
        form = _form_of(place)
        form.refuse(refusal)
        return _draw_step(place, form, 422)
    tell(say("%(project)s is created.", project=project.name), undo=present_action())
    return redirect(url_for("projects.show", project_key=project.key), 303)


def _form_of(place: int) -> Any:
    """The form of a step with what was entered in it, now or in an earlier step."""
    scope = Scope(None, actor())
    if place == ABOUT:
        return about_form(scope, session())()
    if place == SCOPE:
        country = request.form.get("country") or _country_of_programme()
        made = scope_form(STEPS[SCOPE].names, areas_to_tick(session()), country, scope, session())
        return made(data={"deployment": "hosted", "method_key": "agile", "country": country})
    return FindPerson() if place == PEOPLE else Form()


def _country_of_programme() -> str:
    number = request.form.get("programme_id", "")
    if not number.isdecimal() or len(number) > 18:
        return ""
    programme = session().scalar(queries.programme_in_use(programme_id=int(number)))
    return programme.country if programme else ""


def _is_sound(place: int, form: Any) -> bool:
    """Whether a step can be left; what is wrong stands beside its field."""
    if not form.validate():
        return False
    try:
        if place == ABOUT:
            usable_key(session(), form.key.data)
            values = form.values()
            refuse_programme(session(), values["programme_id"], form.programme_name.data or "")
        elif place == SCOPE:
            values = form.values()
            region = values["region"] if form.country.data == request.form.get("regions_of") else None
            refuse_calendar(values["starts_on"], values["ends_on"], values["country"], region)
    except InvalidInput as refusal:
        form.refuse(refusal)
        return False
    return True


def _change_people(verb: str, subject: str) -> Response:
    chosen = chosen_people(request.form.getlist("people"))
    form = FindPerson()
    if verb == "add":
        chosen = chosen_people([*carried_people(chosen), f"{form.role.data}:{subject}"])
        form = FindPerson(formdata=None, data={"role": form.role.data})
    elif verb == "remove":
        chosen = [one for one in chosen if one not in chosen_people([subject])]
    return _draw_step(PEOPLE, form, people=carried_people(chosen))


def _wanted(about: Any, scope: Any) -> NewProject:
    """What the forms say, as the service takes it."""
    named, placed = about.values(), scope.values()
    return NewProject(
        **{**named, "purpose": named["purpose"] or ""},
        **{name: value for name, value in placed.items() if name != "region"},
        programme_name=about.programme_name.data or "",
        region=placed["region"] if request.form.get("regions_of") == placed["country"] else None,
        area_ids=[int(number) for number in scope.areas.data or ()],
        people=chosen_people(request.form.getlist("people")),
        stories=request.form.getlist("stories"),
    )


def _draw_step(
    place: int, form: Any, status: int = 200, *, people: list[str] | None = None, asks_region: bool = False
) -> Response:
    shown = STEPS[place].names
    carried = [(name, text) for name in CARRIED if name not in shown for text in request.form.getlist(name)]
    context: dict[str, Any] = {"regions_of": form.country.data if place == SCOPE else "", "asks_region": asks_region}
    if place in (PEOPLE, CHECK):
        texts = request.form.getlist("people") if people is None else people
        context["roles"] = people_by_role(session(), chosen_people(texts))
    if place == PEOPLE:
        words = (form.find.data or "").strip()
        context["words"] = words
        context["found"] = session().execute(queries.people_found(words)).all() if words else []
    if place in (STORIES, CHECK):
        context["offers"], context["ticked"] = offered(), set(request.form.getlist("stories"))
    if place == CHECK:
        context["facts"] = facts(session(), _form_of(ABOUT), _form_of(SCOPE))
    template = f"projects/new_{STEPS[place].key}.html"
    return draw(template, status, form=form, steps=STEPS, place=place, carried=carried, **context)
