"""The plan of going live of the demo world, with a rehearsal of it."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.audiences.services.records import write_record
from implementor.cutover.models import CutoverRehearsal, CutoverStep
from implementor.cutover.services import measure
from implementor.demo.play import Play
from implementor.foundation.permissions import Actor
from implementor.projects.queries import project_named
from implementor.support.models import SupportShift
from implementor.waves.models import Wave

PLACE = "VEN"
STEPS = (
    ("Congelar el Excel de oportunidades", "", 15, "Volver a dar permiso de escritura.", False),
    ("Respaldo de la base del CRM", "1", 30, "No hace falta: solo lee.", False),
    ("Cargar las cuentas y los contactos", "2", 90, "Restaurar el respaldo del paso 2.", False),
    ("Conciliar los totales por vendedor", "3", 45, "No hace falta: solo lee.", False),
    ("Aplicar la configuración de la ola", "4", 20, "Deshacer el lanzamiento desde su página.", False),
    ("Abrir el acceso a los vendedores", "5", 10, "", True),
    ("Avisar por correo y por el grupo de los líderes", "6", 10, "Enviar el aviso de aplazamiento.", False),
)  # fmt: skip
MEASURED = (12, 41, 118, 40, 25)
FOUND = "La carga tardó media hora más de lo previsto: el archivo de contactos traía 400 filas repetidas."
EVIDENCE = "Acta del ensayo: la base se restauró en 22 minutos, con Diana y el proveedor presentes."
ON_DAY = 2.6
ROSTER = (
    ("Diana Lozano", "WhatsApp 300 555 0142", 13, 17),
    ("Camila Luna", "Sala 4, piso 2, o extensión 214", 18, 22),
)
"""Who is reachable, how, and from which hour to which of UTC."""
WORKING_DAYS = 5


def plan_going_live(play: Play) -> None:
    """Plan that the lead writes the steps of the next wave and rehearses them two days later."""
    play.plan(ON_DAY + 2, "change", _write_steps, PLACE)
    play.plan(ON_DAY, "change", _rehearse, PLACE)
    play.plan(ON_DAY - 1, "change", _fill_roster, PLACE)


def _write_steps(session: Session, by: Actor, at: datetime) -> None:
    wave = _wave(session)
    starts = at.replace(hour=23, minute=0, second=0, microsecond=0) + timedelta(days=9)
    for number, (name, after, minutes, way_back, is_last) in enumerate(STEPS, start=1):
        values = {
            "number": number, "name": name, "wave_id": wave.id, "owner_id": by.user_id, "after": after,
            "minutes": minutes, "way_back": way_back, "point_of_no_return": is_last,
            "starts_at": starts if number == 1 else None,
        }  # fmt: skip
        write_record(session, CutoverStep, project_id=wave.project_id, values=values, by=by, at=at)


def _rehearse(session: Session, by: Actor, at: datetime) -> None:
    wave = _wave(session)
    values = {
        "name": "Primer ensayo general", "wave_id": wave.id, "held_on": at.date(), "owner_id": by.user_id,
        "findings": FOUND, "went_back": True, "evidence": EVIDENCE,
    }  # fmt: skip
    held = write_record(session, CutoverRehearsal, project_id=wave.project_id, values=values, by=by, at=at)
    measure(session, held, dict(enumerate(MEASURED, start=1)), by=by, at=at)


def _fill_roster(session: Session, by: Actor, at: datetime) -> None:
    project_id = _wave(session).project_id
    today = at.replace(hour=0, minute=0, second=0, microsecond=0)
    for days in range(9):
        day = today + timedelta(days=days)
        for name, channel, first, last in ROSTER if day.weekday() < WORKING_DAYS else ():
            values = {
                "name": name, "channel": channel, "starts_at": day + timedelta(hours=first),
                "ends_at": day + timedelta(hours=last),
            }  # fmt: skip
            write_record(session, SupportShift, project_id=project_id, values=values, by=by, at=at)


def _wave(session: Session) -> Wave:
    """The wave that goes live next."""
    open_waves = select(Wave).where(Wave.closed_at.is_(None), Wave.archived_at.is_(None))
    project_id = session.scalars(project_named(PLACE)).one()
    return session.scalars(open_waves.where(Wave.project_id == project_id).order_by(Wave.rank, Wave.id).limit(1)).one()
