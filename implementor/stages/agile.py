"""The method "Agile in five steps" as data: its stages in order, in both languages. Gates and checklists will join."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from implementor.stages.models import PROJECT_SCOPE, WAVE_SCOPE


@dataclass(frozen=True)
class StageOfMethod:
    """One stage as the method defines it; texts by language code. `goes_live`: passing it sets a wave's work live."""

    key: str
    scope: str
    names: dict[str, Any]
    purposes: dict[str, Any]
    goes_live: bool = False


@dataclass(frozen=True)
class Method:
    """A way to run a rollout; a project keeps the version that it began with."""

    key: str
    version: int
    names: dict[str, Any]
    stages: tuple[StageOfMethod, ...]


AGILE = Method(
    key="agile",
    version=1,
    names={"en": "Agile in five steps", "es": "Ágil en cinco pasos"},
    stages=(
        StageOfMethod(
            "visualization",
            PROJECT_SCOPE,
            {"en": "Visualization", "es": "Visualización"},
            {
                "en": "Define the scope and value the benefits: the base of the project.",
                "es": "Definir el alcance y valorar los beneficios: la base del proyecto.",
            },
        ),
        StageOfMethod(
            "planning",
            WAVE_SCOPE,
            {"en": "Planning", "es": "Planeación"},
            {
                "en": "Define the logical order of what can be built and estimate its delivery.",
                "es": "Definir el orden lógico de lo que se puede construir y estimar su entrega.",
            },
        ),
        StageOfMethod(
            "implementation",
            WAVE_SCOPE,
            {"en": "Implementation", "es": "Implementación"},
            {
                "en": "Build what the present wave promised.",
                "es": "Construir lo que prometió la ola presente.",
            },
            goes_live=True,
        ),
        StageOfMethod(
            "adoption",
            WAVE_SCOPE,
            {"en": "Adoption", "es": "Adopción"},
            {
                "en": "Analyse what was built and how, and learn from it.",
                "es": "Analizar lo que se construyó y cómo, y aprender de ello.",
            },
        ),
        StageOfMethod(
            "release",
            PROJECT_SCOPE,
            {"en": "Release", "es": "Cierre"},
            {
                "en": "Capture and absorb the lessons; align marketing and sales.",
                "es": "Captar y asimilar las lecciones; alinear marketing y ventas.",
            },
        ),
    ),
)

METHODS = {AGILE.key: AGILE}
"""Methods that a project can choose, by key."""
