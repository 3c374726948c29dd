"""Pages over all projects of a reader, and looking back at one of them."""

from implementor.portfolio.views import (
    crowded,
    dependencies,
    load,
    overview,
    pack_files,
    packs,
    programmes,
    replay,
    roadmap,
    shared_packs,
)
from implementor.portfolio.views.routing import blueprint

__all__ = [
    "blueprint",
    "crowded",
    "dependencies",
    "load",
    "overview",
    "pack_files",
    "packs",
    "programmes",
    "replay",
    "roadmap",
    "shared_packs",
]
