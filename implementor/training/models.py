"""Tables of courses and their topics, of who needs which, of sessions, of who takes part, and of what they thought."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Integer, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from implementor.audiences.models import AffectedPerson
from implementor.auth.models import UNRECORDED, Named, User
from implementor.foundation.model import Archivable, Record, table_args
from implementor.training.evaluation_models import SessionEvaluation as SessionEvaluation

KINDS = ("use", "benefits", "attitude", "trainer")
STATES = ("planned", "open", "closed", "cancelled")
INVITED, BOOKED, ATTENDED, NO_SHOW, COMPLETED = "invited", "booked", "attended", "no_show", "completed"
ENROLMENT_STATES = (INVITED, BOOKED, ATTENDED, NO_SHOW, COMPLETED)
WAITING = (INVITED, BOOKED)
THERE = (ATTENDED, COMPLETED)
WAYS = ("rule", "hand", "self", "import")
RESULTS = ("distinction", "passed", "failed", "withdrawn")
MOST_SEATS = 5000
PASS_MARK = 70
_WAITING = text("state IN ('invited', 'booked')")


def _among(column: str, values: tuple[str, ...]) -> CheckConstraint:
    return CheckConstraint(f"{column} IN ({', '.join(repr(one) for one in values)})", name=column)


class Course(Named, Archivable, Record):
    """What is taught: `name` in English or the language of the house, `name_es` in Spanish where it differs.

    `pass_mark` is out of 100; who reaches it has completed the course for `valid_months` months, or for good.
    """

    __tablename__ = "course"
    __record_kind__: ClassVar[str] = "course"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        _among("kind", KINDS),
        CheckConstraint("minutes BETWEEN 1 AND 100000", name="minutes"),
        CheckConstraint("pass_mark BETWEEN 0 AND 100", name="pass_mark"),
        CheckConstraint("valid_months BETWEEN 1 AND 120", name="valid_months"),
        Index("ix_course_list", "project_id", "name_key", "id"),
    )

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    name_es: Mapped[str | None]
    kind: Mapped[str] = mapped_column(default="use")
    minutes: Mapped[int] = mapped_column(Integer, default=60)
    pass_mark: Mapped[int] = mapped_column(Integer, default=PASS_MARK)
    valid_months: Mapped[int | None] = mapped_column(Integer)
    materials: Mapped[str] = mapped_column(default="")

    def title_in(self, language: str) -> str:
        """What the course is called in a language."""
        return (self.name_es if language == "es" else None) or self.name


class CourseTopic(Named, Archivable, Record):
    """Something that a course teaches, with the story that brings it, and so with the settings of that story."""

    __tablename__ = "course_topic"
    __record_kind__: ClassVar[str] = "course_topic"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        ForeignKeyConstraint(["project_id", "course_id"], ["course.project_id", "course.id"]),
        ForeignKeyConstraint(["project_id", "story_id"], ["story.project_id", "story.id"]),
        Index("ix_course_topic_list", "project_id", "name_key", "id"),
        Index("ix_course_topic_course", "project_id", "course_id", "id"),
        Index("ix_course_topic_story", "project_id", "story_id", "id"),
    )

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    course_id: Mapped[int]
    story_id: Mapped[int | None]


class PathStep(Named, Archivable, Record):
    """One course on the way of a job role, named by `name` as people have it: first, second, required or not."""

    __tablename__ = "path_step"
    __record_kind__: ClassVar[str] = "path_step"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        ForeignKeyConstraint(["project_id", "course_id"], ["course.project_id", "course.id"]),
        CheckConstraint("position BETWEEN 1 AND 1000", name="position"),
        Index("ix_path_step_list", "project_id", "name_key", "position", "id"),
        Index("ix_path_step_course", "project_id", "course_id", "id"),
    )

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    course_id: Mapped[int]
    position: Mapped[int] = mapped_column(Integer, default=1)
    is_required: Mapped[bool] = mapped_column(default=True)


class TrainingSession(Named, Archivable, Record):
    """A course held at a moment, kept in UTC; `zone` is that of the place, in which people read the hour."""

    __tablename__ = "training_session"
    __record_kind__: ClassVar[str] = "training_session"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        ForeignKeyConstraint(["project_id", "course_id"], ["course.project_id", "course.id"]),
        _among("state", STATES),
        CheckConstraint(f"seats BETWEEN 1 AND {MOST_SEATS}", name="seats"),
        Index("ix_training_session_list", "project_id", "starts_at", "id"),
        Index("ix_training_session_course", "project_id", "course_id", "starts_at"),
        Index("ix_training_session_trainer", "trainer_id"),
    )

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    course_id: Mapped[int]
    starts_at: Mapped[datetime]
    zone: Mapped[str] = mapped_column(default="UTC")
    place: Mapped[str | None]
    link: Mapped[str | None]
    seats: Mapped[int] = mapped_column(Integer, default=12)
    trainer_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    state: Mapped[str] = mapped_column(default="open")
    closed_at: Mapped[datetime | None]

    course: Mapped[Course] = relationship(
        primaryjoin="foreign(TrainingSession.course_id) == Course.id", lazy="raise_on_sql"
    )
    trainer: Mapped[User | None] = relationship(foreign_keys=trainer_id, lazy="raise_on_sql")

    @property
    def is_closed(self) -> bool:
        """Whether attendance is settled, so that changing it is a correction."""
        return self.closed_at is not None

    def ends_at(self, minutes: int) -> datetime:
        """When it is over, with a course of so many minutes."""
        return self.starts_at + timedelta(minutes=minutes)


class Enrolment(Record):
    """A person's part in a course: invited to it, or booked on one session, and what came of it.

    Scores are out of 100. `certificate` is the number of the certificate and `valid_until` its last day. `result` is
    what the course said of somebody where it says more than points. That somebody `has_evaluated` a session is kept
    without a moment, so that nobody finds the answer by when it came. `expiry_told_for` is the last day of which they
    were told that it comes: another one is told of anew.
    """

    __tablename__ = "enrolment"
    __record_kind__: ClassVar[str] = "enrolment"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        UniqueConstraint("project_id", "certificate"),
        UniqueConstraint("session_id", "person_id"),
        ForeignKeyConstraint(["project_id", "course_id"], ["course.project_id", "course.id"]),
        ForeignKeyConstraint(["project_id", "session_id"], ["training_session.project_id", "training_session.id"]),
        ForeignKeyConstraint(["project_id", "person_id"], ["affected_person.project_id", "affected_person.id"]),
        _among("state", ENROLMENT_STATES),
        _among("way", WAYS),
        _among("result", RESULTS),
        CheckConstraint("score_before BETWEEN 0 AND 100", name="score_before"),
        CheckConstraint("score_after BETWEEN 0 AND 100", name="score_after"),
        Index(
            "uq_enrolment_waiting", "course_id", "person_id", unique=True, sqlite_where=_WAITING,
            postgresql_where=_WAITING,
        ),
        Index("ix_enrolment_person", "project_id", "person_id", "id"),
        Index("ix_enrolment_course", "project_id", "course_id", "state", "id"),
        Index("ix_enrolment_valid_until", "valid_until"),
    )  # fmt: skip

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    course_id: Mapped[int]
    session_id: Mapped[int | None]
    person_id: Mapped[int]
    state: Mapped[str] = mapped_column(default=INVITED)
    way: Mapped[str] = mapped_column(default="hand")
    score_before: Mapped[int | None] = mapped_column(Integer)
    score_after: Mapped[int | None] = mapped_column(Integer)
    result: Mapped[str | None]
    has_evaluated: Mapped[bool] = mapped_column(default=False, info=UNRECORDED)
    trained_on: Mapped[date | None]
    certificate: Mapped[int | None] = mapped_column(Integer)
    valid_until: Mapped[date | None]
    reminded_at: Mapped[datetime | None] = mapped_column(info=UNRECORDED)
    expiry_told_for: Mapped[date | None] = mapped_column(info=UNRECORDED)

    course: Mapped[Course] = relationship(primaryjoin="foreign(Enrolment.course_id) == Course.id", lazy="raise_on_sql")
    person: Mapped[AffectedPerson] = relationship(
        primaryjoin="foreign(Enrolment.person_id) == AffectedPerson.id", lazy="raise_on_sql"
    )


class AttendanceCorrection(Record):
    """The fact that attendance was changed after the session was closed: what it was, why, and (as author) by whom."""

    __tablename__ = "attendance_correction"
    __record_kind__: ClassVar[str] = "attendance_correction"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        ForeignKeyConstraint(["project_id", "enrolment_id"], ["enrolment.project_id", "enrolment.id"]),
        _among("was", ENROLMENT_STATES),
        _among("became", ENROLMENT_STATES),
        Index("ix_attendance_correction_enrolment", "project_id", "enrolment_id", "id"),
    )

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    enrolment_id: Mapped[int]
    was: Mapped[str]
    became: Mapped[str]
    reason: Mapped[str]
