"""What every test stands on: a real PostgreSQL, migrated once per process, open to all tests that need it.

Nothing is rolled back or emptied between tests, because the product commits for real: a test makes its own
people and orders with fresh ids. A test that audits everything asks for `fresh_database`.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connections
from psycopg import sql
from pytest_django.plugin import DjangoDbBlocker

import query_guard
import throwaway
from tuidan.site import boot
from tuidan.site.cli.database import migrate_all
from tuidan.site.environment import read
from tuidan.site.postgres.cluster import SUPERUSER
from tuidan.site.postgres.owner import running
from tuidan.site.postgres.place import place_of
from tuidan.site.postgres.roles import OWNER_ROLE

__all__ = ["boot"]
# A worker process must not find this and load the settings before its own throwaway place exists.
os.environ.pop("DJANGO_SETTINGS_MODULE", None)

TESTS = Path(__file__).parent
# Rooms whose tests need no database: they do not wait for one.
PURE_ROOMS = frozenset({"domain", "connectors", "tidy", "docs", "witness", "verifier"})
TEMPLATE = f"{throwaway.NAME}_template"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give the database to every test outside the pure rooms."""
    for item in items:
        if item.path.relative_to(TESTS).parts[0] not in PURE_ROOMS and isinstance(item, pytest.Function):
            item.fixturenames.insert(0, "database")


@pytest.fixture(scope="session")
def database(django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """Start the server, migrate one database as its owner, keep a template of it. Gives the database's name."""
    environment = read(os.environ)
    with running(environment, must_own=True), django_db_blocker.unblock():
        if throwaway.ADMIN_URL:
            _admin("CREATE DATABASE {}", throwaway.NAME)
        migrate_all(environment, verbosity=0)
        connections.close_all()
        _admin("CREATE DATABASE {} TEMPLATE {} OWNER {}", TEMPLATE, throwaway.NAME, OWNER_ROLE)
        try:
            yield throwaway.NAME
        finally:
            connections.close_all()
            for name in (TEMPLATE, throwaway.NAME):
                _admin("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


@pytest.fixture(autouse=True)
def statements_keep_the_rules(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test whose statements break S2, S10, S11 or S14, wherever they were sent from."""
    if "database" not in request.fixturenames:
        yield
        return
    with query_guard.watching() as seen:
        yield
    if seen:
        pytest.fail("the query guard saw:\n" + "\n".join(seen), pytrace=False)


@pytest.fixture
def walkable_path() -> Path:
    """Like tmp_path, but another user can walk to it, and it is short enough for a socket."""
    folder = Path(tempfile.mkdtemp(dir=throwaway.FOLDER))
    folder.chmod(0o711)
    return folder


@pytest.fixture(scope="session")
def django_db_setup(database: str) -> None:
    """Stand in for pytest-django's own database, so that a `django_db` mark finds this one."""


@pytest.fixture
def fresh_database(database: str) -> Iterator[str]:
    """A migrated, empty database of the test's own, also for the processes it starts. Gives its name."""
    with _own_database() as name:
        yield name


@pytest.fixture(scope="module")
def module_database(database: str) -> Iterator[str]:
    """Like fresh_database, for all tests of a module together: they share one world and put it back themselves."""
    with _own_database() as name:
        yield name


@contextmanager
def _own_database() -> Iterator[str]:
    name = f"{throwaway.NAME}_{os.urandom(4).hex()}"
    _admin("CREATE DATABASE {} TEMPLATE {} OWNER {}", name, TEMPLATE, OWNER_ROLE)
    try:
        _point_at(name)
        yield name
    finally:
        _point_at(throwaway.NAME)
        _admin("DROP DATABASE {} WITH (FORCE)", name)


def _point_at(name: str) -> None:
    connections.close_all()
    environ = throwaway.with_name(name)
    os.environ.update(environ)
    settings.LOG_KEY_DIR = Path(environ["TUIDAN_LOG_KEY_DIR"])
    for alias in connections:
        connections[alias].settings_dict["NAME"] = name


def _admin(statement: str, *names: str) -> None:
    """Run one statement about whole databases, outside any transaction, as whoever may."""
    parts = {"conninfo": throwaway.ADMIN_URL}
    if not throwaway.ADMIN_URL:
        parts = {"host": str(place_of(throwaway.FOLDER).sockets), "user": SUPERUSER, "dbname": "postgres"}
    with psycopg.connect(**parts, autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
