"""Run the product: `serve` answers pages and API, `worker` does what is due."""

from __future__ import annotations

import os
import signal
import threading
from types import FrameType

import click
from granian import Granian
from granian.constants import Interfaces

from tuidan.site import wiring
from tuidan.site.cli.database import with_database
from tuidan.site.environment import read
from tuidan.worker.job import arm_kill_point
from tuidan.worker.loop import Worker

WSGI = "tuidan.site.wsgi:application"
stdin_option = click.option(
    "--until-stdin-closes", is_flag=True, hidden=True, help="End when the starter is gone, however it ended."
)


def watch_stdin(wanted: bool) -> None:
    """End this process as SIGTERM would when the pipe from its starter closes."""

    def watch() -> None:
        while os.read(0, 4096):
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    if wanted:
        threading.Thread(target=watch, daemon=True, name="stdin").start()


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, help="Port to listen on.")
@click.option("--workers", default=2, show_default=True, help="Processes that answer.")
@click.option("--threads", default=4, show_default=True, help="Threads in each process.")
@stdin_option
@with_database
def serve(host: str, port: int, workers: int, threads: int, until_stdin_closes: bool) -> None:
    """Answer pages and API until Ctrl-C."""
    watch_stdin(until_stdin_closes)
    wiring.connect(read(os.environ))
    server = Granian(
        WSGI,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        log_enabled=False,
    )
    server.serve()


@click.command()
@click.option("--once", is_flag=True, help="Do what is due now, then end.")
@click.option("--kill-at", default="", hidden=True, help="Die at this kill point, to prove recovery.")
@stdin_option
@with_database
def worker(once: bool, kill_at: str, until_stdin_closes: bool) -> None:
    """Do what is due: notices, deadlines, effects, boards. Ends cleanly on Ctrl-C or SIGTERM."""
    watch_stdin(until_stdin_closes)
    arm_kill_point(kill_at)
    loop = Worker(wiring.connect(read(os.environ)))

    def stop(number: int, frame: FrameType | None) -> None:
        loop.stop()

    if once:
        click.echo(f"done: {loop.run_until_idle()}")
        loop.close()
        return
    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    click.echo("worker: running", err=True)
    loop.run()
    loop.close()


COMMANDS = (serve, worker)
