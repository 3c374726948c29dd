"""The web server: granian, with working processes that end in good order however the signals to end arrive."""

import gc
import os
import signal
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import parent_process
from types import FrameType
from typing import Any

from granian._futures import _new_cbscheduler
from granian._granian import WorkerSignal, WSGIWorker
from granian._internal import load_target
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.mp import MPServer, WorkerProcess
from granian.wsgi import _callback_wrapper

from implementor.foundation.bell import Bell, hear_no_more

APPLICATION = "app:app"
KILL_AFTER = 10  # seconds a working process has for the requests in hand


@contextmanager
def shared_figures() -> Iterator[None]:
    """Let the working processes count in files of one folder; to be begun before any of the application is loaded."""
    with tempfile.TemporaryDirectory(prefix="implementor-figures-") as folder:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder  # where web/figures.py finds it, which is not loaded here
        yield


def serve(
    host: str, port: int, *, processes: int, threads: int, when_listening: Callable[[], None] | None = None
) -> None:
    """Answer requests until the process is told to end; `when_listening` is called once the port is taken.

    `threads` is of each working process. Raises OSError when the port is not free.
    """
    server = Server(
        APPLICATION,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=processes,
        blocking_threads=threads,
        # several requests may wait for a thread; what is beyond that waits in the listen queue
        backpressure=threads * 16,
        backlog=1024,
        log_level=LogLevels.warning,
        log_access=False,
        websockets=False,
        # a worker that dies is replaced: the alternative is a server that listens and never answers
        respawn_failed_workers=True,
        workers_kill_timeout=KILL_AFTER,
    )
    if when_listening is not None:
        server.on_startup(when_listening)
    server.serve(spawn_target=answer, target_loader=load_application)
    hear_no_more()


class Server(MPServer):
    """The process that starts, watches and ends the working processes; it loads neither application nor database.

    granian's own waits with a lock that its signal handler takes again: two signals at once, and it waits for ever.
    """

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self.bell, self.starter = Bell(), os.getpid()
        self.main_loop_interrupt = self.bell  # type: ignore[assignment]  # it does what this loop asks of an event

    def startup(self, spawn_target: object, target_loader: object) -> None:
        """Listen, and start the working processes."""
        self.bell.ring_on(())
        super().startup(spawn_target, target_loader)  # type: ignore[no-untyped-call]

    def signal_handler_interrupt(self, _number: int, _frame: FrameType | None) -> None:
        """End; a working process that has not come to its own handlers yet has nothing to finish."""
        if os.getpid() != self.starter:
            os._exit(0)
        self.interrupt_signal = True
        self.bell.set()


def load_application(target: str) -> Callable[..., Any]:
    """Load the application in a working process; while it loads, an end comes at once."""
    signal.set_wakeup_fd(-1)
    # Ctrl+C reaches all processes of a terminal; here it is the starting process that says when to end
    for name in {"SIGINT", "SIGHUP"} & set(signal.Signals.__members__):
        signal.signal(signal.Signals[name], signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    gc.disable()  # what is loaded stays: looking through it on the way took a fifth of the start
    application: Callable[..., Any] = load_target(target)
    gc.enable()
    gc.collect()
    gc.freeze()  # what lives as long as the process is not looked through again and again while people wait
    return application


@WorkerProcess.wrap_target  # type: ignore[untyped-decorator]
def answer(
    worker_id: int,
    application: Callable[..., Any],
    sock: Any,
    ipc: Any,
    loop: Any,
    _runtime_mode: Any,
    runtime_threads: int,
    runtime_blocking_threads: int | None,
    threads: int,
    idle_timeout: int,
    backpressure: int,
    _task_kind: Any,
    http: Any,
    http1: Any,
    http2: Any,
    _websockets: bool,
    static: Any,
    log_format: str | None,
    tls: Any,
    scope: dict[str, Any],
    metrics: Any,
) -> None:
    """Answer requests in a working process until it is told to end or the process that started it is gone.

    This is granian's own but for the signals: `closing` may be set only once, and a signal's handler cannot tell.
    """
    bell, closing, closed = Bell(), WorkerSignal(), threading.Event()
    closing.add_cb(closed.set)
    run = (runtime_threads, runtime_blocking_threads, threads, idle_timeout, backpressure)
    make_worker: Any = WSGIWorker  # what it takes differs from its description
    worker = make_worker(worker_id, sock, ipc, *run, http, http1, http2, static, *tls, metrics)
    calls = _new_cbscheduler(loop, _callback_wrapper(application, scope, log_format))  # type: ignore[no-untyped-call]
    bell.ring_on([signal.SIGTERM])
    worker.serve_mtr(calls, loop, closing)
    starter = parent_process()
    bell.wait(*[starter.sentinel] if starter else [])
    closing.set()
    closed.wait()
