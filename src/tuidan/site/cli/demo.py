"""`tuidan demo`: everything on this machine, with a small believable shop; `--check` plays the stories instead."""

from __future__ import annotations

import os
import subprocess
import sys

import click
from django.db import connections

from tuidan.sandbox.demo import INCIDENT_ORDERS, play_stories, running_demo, wait_until_interrupted, welcome
from tuidan.sandbox.processes import NotReady
from tuidan.site import wiring
from tuidan.site.cli.database import migrate_all
from tuidan.site.environment import read
from tuidan.site.folder import throwaway
from tuidan.site.postgres.owner import running

COMMAND_SECONDS = 900
CODES_EACH = 300


@click.command()
@click.option("--check", is_flag=True, help="Play the stories in a place of their own, then end.")
@click.option("--port", default=8000, show_default=True, help="Port of the site (with --check a free one).")
@click.option(
    "--story", "only", type=int, multiple=True, help="With --check: only this story; may be repeated."
)
@click.option("--orders", default=INCIDENT_ORDERS, show_default=True, help="With --check: orders of story 8.")
def demo(check: bool, port: int, only: tuple[int, ...], orders: int) -> None:
    """Start database, sandboxes, shop, worker and site."""
    if check:
        _check(only, orders)
        return
    environment = read(os.environ)
    with running(environment, must_own=True):
        migrate_all(environment, verbosity=0)
        inherited = {"TUIDAN_DATA_DIR": str(environment.folder()), "TUIDAN_DEMO": "on"}
        try:
            with running_demo(environment.folder(), inherited, port, CODES_EACH) as world:
                welcome(world, click.echo)
                wait_until_interrupted(world)
        except KeyboardInterrupt:
            click.echo("stopped")
        except NotReady as error:
            raise click.ClickException(str(error)) from error
        finally:
            connections.close_all()


def _check(only: tuple[int, ...], orders: int) -> None:
    """Run this command again with a data folder of its own, so that nothing is mixed or left behind."""
    with throwaway() as folder:
        told = {**os.environ, "TUIDAN_DATA_DIR": str(folder), "TUIDAN_LOG_LEVEL": "WARNING"}
        told["TUIDAN_LOG_KEY_DIR"] = ""  # in the data folder
        told.pop("DATABASE_URL", None)
        options = [option for n in only for option in ("--story", str(n))]
        command = [sys.executable, "-m", "tuidan", "demo-check", "--orders", str(orders), *options]
        code = subprocess.run(command, env=told, check=False).returncode
    sys.exit(code)


@click.command("demo-check", hidden=True)
@click.option("--story", "only", type=int, multiple=True)
@click.option("--orders", type=int, required=True)
def demo_check(only: tuple[int, ...], orders: int) -> None:
    """The part of `demo --check` that runs in its own data folder."""
    environment = read(os.environ)
    folder = environment.folder()
    with running(environment, must_own=True):
        migrate_all(environment, verbosity=0)
        inherited = {
            "TUIDAN_DATA_DIR": str(folder),
            "TUIDAN_LOG_LEVEL": "WARNING",
            "TUIDAN_CLOCK_FILE": str(folder / "clock"),
        }
        with running_demo(folder, inherited, 0, CODES_EACH) as world:
            wiring.connect(environment)

            def run_tuidan(*arguments: str) -> str:
                done = subprocess.run(
                    [sys.executable, "-m", "tuidan", *arguments],
                    env={**os.environ, **world.processes.environment},
                    capture_output=True,
                    text=True,
                    timeout=COMMAND_SECONDS,
                    check=False,
                )
                if done.returncode:
                    raise RuntimeError(
                        f"tuidan {arguments[0]} ended with {done.returncode}: {done.stderr[-500:]}"
                    )
                return done.stdout + done.stderr

            failed = play_stories(world, run_tuidan, click.echo, only, orders)
        connections.close_all()
    sys.exit(1 if failed else 0)


COMMANDS = (demo, demo_check)
