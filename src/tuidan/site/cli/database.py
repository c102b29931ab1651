"""Commands about the database itself: migrate, serve it, and Django's own commands for developers.

`with_database` is what every other command of the product puts around its work.
"""

import functools
import os
import signal
import sys
from collections.abc import Callable
from typing import ParamSpec, TypeVar

import click
from django.core.management import call_command, execute_from_command_line
from django.db import connections

from tuidan.site.environment import Environment, read
from tuidan.site.postgres.owner import running
from tuidan.site.postgres.roles import grant, prepare_ordinary_server

P = ParamSpec("P")
R = TypeVar("R")


def with_database(function: Callable[P, R]) -> Callable[P, R]:
    """Decorator: have the database running while the command works. A running demo's is used as it is."""

    @functools.wraps(function)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        with running(read(os.environ)):
            try:
                return function(*args, **kwargs)
            finally:
                connections.close_all()

    return wrapped


def migrate_all(environment: Environment, verbosity: int = 1) -> None:
    """Bring the schema up to date as the owner, then grant the application's role what it may do.

    The server must be running. Raises NotPermitted when an ordinary server's user may not create the roles.
    """
    url = environment.text("DATABASE_URL")
    if url:
        prepare_ordinary_server(url)
    call_command("migrate", database="owner", interactive=False, verbosity=verbosity)
    owner = connections["owner"]
    owner.ensure_connection()
    with owner.connection.transaction():
        grant(owner.connection)
    owner.close()


@click.command()
@with_database
def migrate() -> None:
    """Bring the database up to date (as its owner) and grant the application its rights."""
    migrate_all(read(os.environ))


@click.command()
def database() -> None:
    """Run the product's own database alone, until Ctrl-C."""
    try:
        with running(read(os.environ), must_own=True) as place:
            if place is None:
                raise click.ClickException("DATABASE_URL is set: that server is run by somebody else")
            click.echo(f"database in {place.base}, sockets in {place.sockets}")
            sys.stdout.flush()
            while True:
                signal.pause()
    except KeyboardInterrupt:
        click.echo("stopped")


@click.command(
    context_settings={"ignore_unknown_options": True, "help_option_names": []}, add_help_option=False
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
@with_database
def django(arguments: tuple[str, ...]) -> None:
    """Django's own commands, for developers: makemigrations, check, shell."""
    execute_from_command_line(["tuidan django", *arguments])


COMMANDS = (migrate, database, django)
