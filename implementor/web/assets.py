"""Static files under addresses that change with their content, and the front-end scripts from here or from the CDN."""

import base64
import gzip
import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, abort, current_app, request, send_file, url_for
from werkzeug.security import safe_join

from implementor.settings import PROJECT_ROOT, Settings

STATIC = PROJECT_ROOT / "static"
MANIFEST = PROJECT_ROOT / "frontend.json"
CDN = "https://cdn.jsdelivr.net"
A_YEAR = 31_536_000  # seconds
COMPRESSED = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".json": "application/json",
    ".map": "application/json",
}


@dataclass(frozen=True)
class FrontendFile:
    """One pinned file of a front-end package; `integrity` is the value browsers compare."""

    package: str
    version: str
    path: str
    role: str
    integrity: str

    @property
    def name(self) -> str:
        """The file's name in `static/vendor`."""
        return self.path.rpartition("/")[2]

    @property
    def cdn_address(self) -> str:
        """Where the CDN keeps exactly this version."""
        return f"{CDN}/npm/{self.package}@{self.version}/{self.path}"

    def is_here(self) -> bool:
        """Whether `static/vendor` holds the pinned file and no other."""
        file = STATIC / "vendor" / self.name
        return file.is_file() and _integrity(file.read_bytes()) == self.integrity


def pinned_files(role: str = "page") -> list[FrontendFile]:
    """The front-end files of `frontend.json` that pages (or tests) load."""
    rows = json.loads(MANIFEST.read_text(encoding="utf-8"))
    return [file for file in (FrontendFile(**row) for row in rows) if file.role == role]


@dataclass(frozen=True)
class Frontend:
    """The scripts of every page and where they come from, decided once at the start."""

    files: list[FrontendFile]
    from_cdn: bool


def choose_frontend(assets: str) -> Frontend:
    """Follow the setting `assets`; `auto` takes local files when all of them are the pinned ones."""
    files = pinned_files()
    return Frontend(files, from_cdn=assets == "cdn" or (assets == "auto" and not all(each.is_here() for each in files)))


def frontend_scripts() -> list[dict[str, str | None]]:
    """What the page's script elements need: src, integrity, crossorigin (None for files of our own)."""
    frontend = _frontend()
    if frontend.from_cdn:
        return [
            {"src": each.cdn_address, "integrity": each.integrity, "crossorigin": "anonymous"}
            for each in frontend.files
        ]
    return [
        {"src": static_url(f"vendor/{each.name}"), "integrity": each.integrity, "crossorigin": None}
        for each in frontend.files
    ]


def csp_script_origins() -> list[str]:
    """Origins besides our own that the content security policy must allow for scripts."""
    return [CDN] if _frontend().from_cdn else []


def static_url(path: str) -> str:
    """The address of a static file that browsers may keep for a year.

    The version stands *before* the path, so that modules and style sheets which name their neighbours relatively
    get the version too. Raises FileNotFoundError for a file that is not there.
    """
    if not (STATIC / path).is_file():
        raise FileNotFoundError(f"There is no static file {path}.")
    return url_for("static", filename=f"{_version()}/{path}")


def install(app: Flask, settings: Settings) -> None:
    """Answer Flask's own static rule in our way: versions, compression, a year of caching."""
    app.extensions["frontend"] = choose_frontend(settings.assets)
    app.view_functions["static"] = serve_static


def serve_static(filename: str) -> Response:
    """One file of `static/`, kept for a year under its present version and checked each time under any other."""
    version, _, path = filename.partition("/")
    if not version.startswith("v-"):
        version, path = "", filename
    file = safe_join(str(STATIC), path)
    if file is None or not Path(file).is_file():
        abort(404)
    response = _content(Path(file))
    response.cache_control.public = True
    if version == _version():
        response.cache_control.max_age = A_YEAR
        response.cache_control.immutable = True
    else:
        response.cache_control.no_cache = True
    response.make_conditional(request.environ)
    return response


def _content(file: Path) -> Response:
    if file.suffix not in COMPRESSED:
        return send_file(file, max_age=0)
    zipped = request.accept_encodings.quality("gzip") > 0
    state = file.stat()
    body, etag = _text_file(file, state.st_mtime_ns, zipped)
    response = Response(body, mimetype=COMPRESSED[file.suffix])
    response.set_etag(f"{etag}-gzip" if zipped else etag)
    response.vary.add("Accept-Encoding")
    if zipped:
        response.content_encoding = "gzip"
    return response


@lru_cache(maxsize=256)
def _text_file(file: Path, _changed_at: int, zipped: bool) -> tuple[bytes, str]:
    """Body and ETag of a text file; kept in memory, because compressing costs more than everything else here."""
    content = file.read_bytes()
    etag = hashlib.blake2b(content, digest_size=12).hexdigest()
    return (gzip.compress(content, 9, mtime=0) if zipped else content), etag


def _version() -> str:
    """One version for all files: cheap to look up, and a change of any file gives every file a new address."""
    if not current_app.debug and "static_version" in current_app.extensions:
        return str(current_app.extensions["static_version"])
    digest = hashlib.blake2b(digest_size=6)
    for file in sorted(each for each in STATIC.rglob("*") if each.is_file()):
        digest.update(f"{file.relative_to(STATIC).as_posix()}\0".encode())
        digest.update(_text_file(file, file.stat().st_mtime_ns, False)[1].encode())
    current_app.extensions["static_version"] = f"v-{digest.hexdigest()}"
    return str(current_app.extensions["static_version"])


def _integrity(content: bytes) -> str:
    return "sha384-" + base64.b64encode(hashlib.sha384(content).digest()).decode("ascii")


def _frontend() -> Frontend:
    frontend: Frontend = current_app.extensions["frontend"]
    return frontend
