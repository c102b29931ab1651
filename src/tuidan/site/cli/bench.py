"""`tuidan bench`: measure the hot paths against plain SQL on a database of their own, flushed to disk as in service."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click
import orjson
from django.db import connections
from psycopg.conninfo import make_conninfo

from tuidan.sandbox.bench import report
from tuidan.sandbox.bench.ground import Access, Ground, keep_template, make_ground
from tuidan.sandbox.bench.over_http import serving
from tuidan.sandbox.bench.run import BULK_ORDERS, Size, measure
from tuidan.site import wiring
from tuidan.site.cli.database import migrate_all
from tuidan.site.environment import Environment, read
from tuidan.site.folder import throwaway
from tuidan.site.postgres import binaries
from tuidan.site.postgres.cluster import SUPERUSER
from tuidan.site.postgres.owner import running
from tuidan.site.postgres.roles import OWNER_ROLE

NAMES = ("command", "http", "bulk", "hot_seller", "claims", "orm", "memory", "policy")
OPTIONS = (
    click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON."),
    click.option(
        "--only", type=click.Choice(NAMES), multiple=True, help="Only this figure; may be repeated."
    ),
    click.option("--seconds", default=3.0, show_default=True, help="How long each figure runs in a round."),
    click.option("--rounds", default=5, show_default=True, help="How many rounds."),
    click.option(
        "--bulk-orders", default=BULK_ORDERS, show_default=True, help="Orders of the one bulk command."
    ),
)


def _with_options(function: Callable[..., None]) -> Callable[..., None]:
    for option in reversed(OPTIONS):
        function = option(function)
    return function


@click.group(invoke_without_command=True)
@_with_options
@click.pass_context
def bench(
    context: click.Context,
    as_json: bool,
    only: tuple[str, ...],
    seconds: float,
    rounds: int,
    bulk_orders: int,
) -> None:
    """Measure the hot paths against the same rows by plain SQL, on a database that is thrown away afterwards."""
    if context.invoked_subcommand is not None:
        return
    options = [f"--seconds={seconds}", f"--rounds={rounds}", f"--bulk-orders={bulk_orders}"]
    options += [f"--only={name}" for name in only] + ["--json"] * as_json
    run_apart("bench-here", options)


def run_apart(command_name: str, options: list[str]) -> None:
    """Run a hidden command of ours in a data folder that is thrown away, and end with its exit code."""
    with throwaway() as folder:
        told = {
            **os.environ,
            "TUIDAN_DATA_DIR": str(folder),
            "TUIDAN_DATABASE_DURABLE": "on",
            "TUIDAN_LOG_KEY_DIR": "",  # in the data folder
            "TUIDAN_LOG_LEVEL": "WARNING",
        }
        told.pop("DATABASE_URL", None)
        command = [sys.executable, "-m", "tuidan", command_name, *options]
        code = subprocess.run(command, env=told, check=False).returncode
    sys.exit(code)


@click.command("bench-here", hidden=True)
@_with_options
def bench_here(as_json: bool, only: tuple[str, ...], seconds: float, rounds: int, bulk_orders: int) -> None:
    """The part of `bench` that runs in its own data folder."""
    environment = read(os.environ)
    with ground_here(environment) as ground:
        inherited = {"TUIDAN_DATA_DIR": str(environment.folder())}
        with serving(environment.folder() / "bench", inherited) as port:
            told = measure(ground, port, Size(seconds, rounds, bulk_orders), only, say)
    if as_json:
        click.echo(orjson.dumps(told, option=orjson.OPT_INDENT_2))
    else:
        click.echo("\n".join(report.lines(told)))


@contextmanager
def ground_here(environment: Environment) -> Iterator[Ground]:
    """A server of our own in this data folder, migrated and connected, and the ground that is measured on."""
    with running(environment, must_own=True) as place:
        if place is None:
            raise click.ClickException("the benchmark brings its own PostgreSQL; unset DATABASE_URL")
        migrate_all(environment, verbosity=0)
        wiring.connect(environment)
        name = environment.text("TUIDAN_DATABASE_NAME")
        access = Access(
            owner=make_conninfo(host=str(place.sockets), dbname=name, user=OWNER_ROLE),
            admin=make_conninfo(host=str(place.sockets), dbname=name, user=SUPERUSER),
            pgbench=binaries.programs(place) / "pgbench",
        )
        ground = make_ground(access)
        keep_template(ground)
        yield ground
        connections.close_all()


def say(line: str) -> None:
    """Tell how far it is, beside the answer."""
    click.echo(line, err=True)


COMMANDS = (bench, bench_here)
