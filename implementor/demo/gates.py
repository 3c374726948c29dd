"""The gates of the demo world: prepared, waived, reviewed, signed and opened, as far as each project has come."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from implementor.demo.play import Place, Play
from implementor.foundation.permissions import Actor, Role
from implementor.foundation.words import speaking
from implementor.projects.models import Project
from implementor.stages import gate_lines, gate_services
from implementor.stages.gate_finding import look_at_gate
from implementor.stages.gate_look import Look
from implementor.stages.gate_readings import keep_readings, stored_gate
from implementor.web.language import speech_of

OPEN, REVIEW, PREPARED = "open", "review", "prepared"
EVIDENCE = (
    "Acta de la reunión de seguimiento, punto 3.", "Documento firmado en la carpeta del proyecto, versión 2.",
    "Revisado con el área el martes; lista de asistencia adjunta.", "Correo de confirmación del responsable.",
    "Ensayo del sábado: 5 h 20 min, dentro de la ventana de 8 h.",
)  # fmt: skip
WAIVED = {
    "tests-signed": "Dos áreas prueban en su propio calendario; firman antes de la fecha indicada.",
    "stories-estimated": "Se estiman en el primer taller de la ola.",
    "agreement-signed": "Faltan los informes de inventario: dependen del nuevo catálogo de repuestos.",
    "users-trained": "La formación de esta ola quedó en listas de papel; se repasa en la siguiente.",
    "no-critical-obstacle": "Hay una vía alterna acordada con Tecnología mientras se resuelve.",
}
OTHERWISE = "Se acepta con plan de trabajo; se revisa en la fecha indicada."
Deed = Callable[[Session, Project, Look, Actor, datetime], object]


class Gatekeeping:
    """The gates of one project of the demo world."""

    def __init__(self, play: Play, place: Place, people: Sequence[tuple[str, Role]]) -> None:
        self.play, self.place = play, place
        self.holder = {role: key for key, role in reversed(people)}

    def plan(self, name: Callable[[], str], days_ago: float, upto: str = OPEN, missing: Sequence[str] = ()) -> None:
        """Bring a gate so far, the last step so many days before today; lines in `missing` stay without a tick."""
        lead = Role.PROJECT_LEAD
        self._at(name, days_ago + 6, lead, self._prepare)
        for days in (4.5, 3) if upto != PREPARED else (3, 1):
            self._at(name, days_ago + days, lead, self._measure)
        self._at(name, days_ago + 1, lead, lambda *deed: self._tick(missing, *deed))
        if upto == PREPARED:
            return
        self._at(name, days_ago + 0.3, lead, lambda _of, _project, look, by, at: _review(_of, look, by, at))
        self._at(name, days_ago + 0.2, Role.SPONSOR, self._waive)
        self._at(name, days_ago + 0.1, Role.SPONSOR, lambda *deed: self._sign(upto, *deed))
        if upto == OPEN:
            self._at(name, days_ago, lead, lambda of, project, look, by, at: gate_services.open_gate(
                of, project, look, by=by, at=at))  # fmt: skip

    def _at(self, name: Callable[[], str], days_ago: float, role: Role, deed: Deed) -> None:
        def carry_out(session: Session, by: Actor, at: datetime) -> None:
            project = session.get_one(Project, self.place.project_id)
            with speaking(speech_of("es", "America/Caracas")):
                deed(session, project, look_at_gate(session, project, name(), at=at), by, at)

        self.play.plan(days_ago, self.holder[role], carry_out, self.place.key)

    def _prepare(self, session: Session, project: Project, look: Look, by: Actor, at: datetime) -> None:
        review_on = (at + timedelta(days=6)).date()
        gate_services.prepare_gate(session, project, look, by=by, at=at, review_on=review_on)

    def _measure(self, session: Session, _project: Project, look: Look, _by: Actor, at: datetime) -> None:
        keep_readings(session, stored_gate(session, look), look, at=at)

    def _tick(
        self, missing: Sequence[str], session: Session, project: Project, look: Look, _by: Actor, at: datetime
    ) -> None:
        for place, line in enumerate(look.lines):
            if line.is_automatic or line.key in missing:
                continue
            role = Role(line.item.role)
            by = self.play.actors[self.holder[role]]
            now = look_at_gate(session, project, look.name, at=at)
            gate_lines.give_line(session, now, line.key, owner_id=by.user_id, by=by, at=at)
            gate_lines.tick_line(session, now, line.key, evidence=EVIDENCE[place % len(EVIDENCE)], by=by, at=at)

    def _waive(self, session: Session, project: Project, look: Look, by: Actor, at: datetime) -> None:
        for line in look.failing:
            if not line.item.no_go:
                until = (at + timedelta(days=30)).date()
                gate_lines.waive_line(
                    session, project, look_at_gate(session, project, look.name, at=at), line.key,
                    reason=WAIVED.get(line.key, OTHERWISE), expires_on=until, by=by, at=at,
                )  # fmt: skip

    def _sign(self, upto: str, session: Session, project: Project, look: Look, _by: Actor, at: datetime) -> None:
        wanted = look.unsigned if upto == OPEN else look.unsigned[:1]
        for role in wanted:
            by = self.play.actors[self.holder[Role(role)]]
            now: Any = look_at_gate(session, project, look.name, at=at)
            gate_services.sign_gate(session, project, now, role=role, by=by, at=at)


def _review(session: Session, look: Look, by: Actor, at: datetime) -> None:
    gate_services.put_into_review(session, look, by=by, at=at)
