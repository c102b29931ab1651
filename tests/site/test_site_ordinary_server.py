"""An ordinary PostgreSQL named by DATABASE_URL: its user takes our two roles on, or is told what is missing."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

import throwaway
from tuidan.site.postgres import binaries, cluster
from tuidan.site.postgres.place import Place, lay_out, unprivileged
from tuidan.site.postgres.roles import NotPermitted, prepare_ordinary_server


@pytest.fixture(scope="module")
def server() -> Iterator[Place]:
    """A server that has never heard of us, with a landlord who may create roles and a tenant who may not."""
    base = Path(tempfile.mkdtemp(dir=throwaway.FOLDER))
    base.chmod(0o711)
    place = Place(base=base, sockets=base / "s", runner=unprivileged() if os.geteuid() == 0 else None)
    lay_out(place)
    programs = binaries.programs(place)
    cluster.initialise(place, programs, durable=False)
    running = cluster.start(place, programs, durable=False)
    with psycopg.connect(
        host=str(place.sockets), user="postgres", dbname="postgres", autocommit=True
    ) as admin:
        admin.execute("CREATE ROLE landlord LOGIN CREATEROLE")
        admin.execute("CREATE ROLE tenant LOGIN")
        admin.execute("CREATE DATABASE house OWNER landlord")
        admin.execute("CREATE DATABASE flat OWNER tenant")
    try:
        yield place
    finally:
        cluster.stop(running)


def address(place: Place, user: str, database: str) -> str:
    return f"postgresql://{user}@/{database}?host={place.sockets}"


def tuidan(url: str, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tuidan", *words],
        env=os.environ | {"DATABASE_URL": url},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_user_who_may_not_create_roles_is_told_the_sql_to_ask_for(server: Place) -> None:
    with pytest.raises(NotPermitted, match="an administrator run: (CREATE ROLE|GRANT)"):
        prepare_ordinary_server(address(server, "tenant", "flat"))


def test_migrating_an_ordinary_server_leaves_the_application_without_the_owners_rights(server: Place) -> None:
    url = address(server, "landlord", "house")
    said = tuidan(url, "migrate")
    assert said.returncode == 0, said.stderr
    again = tuidan(url, "migrate")
    assert "No migrations to apply" in again.stdout
    with psycopg.connect(url, options="-c role=tuidan_app", autocommit=True) as app:
        row = app.execute(
            "SELECT current_user, count(*) FILTER (WHERE tableowner <> 'tuidan_owner') FROM pg_tables "
            "WHERE schemaname = 'public'"
        ).fetchone()
        assert row == ("tuidan_app", 0)
        assert app.execute("SELECT count(*) > 0 FROM django_migrations").fetchone() == (True,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("DELETE FROM django_migrations")


def test_the_command_line_says_in_one_sentence_what_the_database_lacks(server: Place) -> None:
    said = tuidan(address(server, "tenant", "flat"), "migrate")
    assert said.returncode == 1
    assert said.stderr.startswith(
        "tuidan: The database user may not create the roles; let an administrator run: "
    )
    assert "Traceback" not in said.stderr
