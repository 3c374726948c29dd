"""The pages of migration runs with their figures, and those of the settings that stories carry."""

from implementor.releases.views import (
    bygone,
    comparisons,
    field_origins,
    figures,
    files,
    items,
    library,
    pilot_records,
    pilots,
    release_list,
    runs,
    wave_release,
)
from implementor.releases.views.release_routing import blueprint as releases_blueprint
from implementor.releases.views.routing import blueprint

blueprints = (blueprint, items.blueprint, library.blueprint, releases_blueprint)
__all__ = [
    "blueprint", "blueprints", "bygone", "comparisons", "field_origins", "figures", "files", "items", "library",
    "pilot_records", "pilots", "release_list", "runs", "wave_release",
]  # fmt: skip
