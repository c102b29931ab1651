"""Which database each part logs in to: `default` as the application's role, `owner` as the owner of the tables.

Both are the same database. The owner role is for migrations only; the application's role may not write an
order's tables itself (design: append is the only write path). With the product's own server each role logs in
over the socket; with an ordinary server the configured user logs in and takes the role on.
"""

from typing import Any

from psycopg.conninfo import conninfo_to_dict

from tuidan.site.environment import Environment
from tuidan.site.postgres.place import place_of
from tuidan.site.postgres.roles import APP_ROLE, OWNER_ROLE

CONNECTION_AGE_SECONDS = 600
MIGRATION_LOCK_TIMEOUT_SECONDS = 10
PREPARE_AFTER_EXECUTIONS = 5


def databases(environment: Environment) -> dict[str, dict[str, Any]]:
    """Django's DATABASES for this environment. Opens nothing and creates nothing."""
    app = _entry(environment, APP_ROLE, [])
    owner = _entry(environment, OWNER_ROLE, [f"-c lock_timeout={MIGRATION_LOCK_TIMEOUT_SECONDS}s"])
    return {"default": app, "owner": owner}


def _entry(environment: Environment, role: str, startup: list[str]) -> dict[str, Any]:
    url = environment.text("DATABASE_URL")
    options: dict[str, Any] = {
        # Django turns both off by default; without them nothing is ever prepared.
        "server_side_binding": True,
        "prepare_threshold": PREPARE_AFTER_EXECUTIONS,
    }
    if url:
        parts: dict[str, Any] = dict(conninfo_to_dict(url))
        startup = [f"-c role={role}", *startup, *filter(None, [parts.pop("options", None)])]
    else:
        parts = {
            "dbname": environment.text("TUIDAN_DATABASE_NAME"),
            "user": role,
            "host": str(place_of(environment.folder()).sockets),
        }
    entry = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", ""),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": str(parts.pop("port", "")),
        "CONN_MAX_AGE": CONNECTION_AGE_SECONDS,
        "OPTIONS": options | parts,
    }
    if startup:
        entry["OPTIONS"]["options"] = " ".join(startup)
    return entry
