"""What people of the CRM ask after going live in the demo world, and what became of it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from implementor.demo.play import Play
from implementor.foundation.permissions import Actor
from implementor.support.models import SupportRequest
from implementor.support.services import answer, ask, become_story, mark_known

PLACE = "VEN"
ASKED = (
    (9.4, "rep_north", "how_to", "¿Cómo paso una cotización a otra cuenta?", "El cliente cambió de razón social.",
     "/crm/quotes"),
    (8.2, "rep_south", "fault", "El filtro por zona no guarda mi vista", "Lo guardo y al volver no está.",
     "/crm/opportunities"),
    (6.1, "rep_south", "how_to", "¿Puedo copiar una cotización?", "", "/crm/quotes"),
    (3.3, "rep_north", "wish", "Ver el saldo de cartera en la cuenta", "Así no llamo a contabilidad.", "/crm/accounts"),
    (1.2, "rep_north", "how_to", "¿Dónde veo mis compromisos vencidos?", "", "/crm/commitments"),
)  # fmt: skip
ANSWER = "Abra la cotización, elija Más y luego Nueva versión; allí puede cambiar la cuenta."


def plan_requests(play: Play) -> None:
    """Plan that sellers ask, and that the change lead answers, joins two and passes one on to the backlog."""
    made: dict[int, int] = {}
    for place, (days, who, *said) in enumerate(ASKED):
        play.plan(days, who, lambda *deed, place=place, said=said: _ask(made, place, said, *deed), None)
    play.plan(5.5, "change", lambda session, by, at: _answer(session, made, by, at), PLACE)


def _ask(made: dict[int, int], place: int, said: list[str], session: Session, by: Actor, at: datetime) -> None:
    kind, name, body, page = said
    made[place] = ask(session, name=name, body=body, kind=kind, page=page, about=None, by=by, at=at).id


def _answer(session: Session, made: dict[int, int], by: Actor, at: datetime) -> None:
    first, second, third = (session.get_one(SupportRequest, made[place]) for place in range(3))
    answer(session, first, ANSWER, by=by, at=at)
    mark_known(session, third, first, by=by, at=at)
    become_story(session, second, by=by, at=at)
