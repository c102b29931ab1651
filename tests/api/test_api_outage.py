"""When the database goes away in the middle, the caller is told to repeat, and repeating does a thing once."""

from __future__ import annotations

import psycopg
from api_world import Caller, Shopfront, new_key
from django.db import connections

import throwaway
from tuidan.site.postgres.cluster import SUPERUSER
from tuidan.site.postgres.place import place_of

END_ALL = """
SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()
"""


def cut_all_lines() -> None:
    """End every connection to the tests' database, as a restart of the server would."""
    connections.close_all()
    parts = {"conninfo": throwaway.ADMIN_URL}
    if not throwaway.ADMIN_URL:
        parts = {"host": str(place_of(throwaway.FOLDER).sockets), "user": SUPERUSER, "dbname": "postgres"}
    with psycopg.connect(**parts, autocommit=True) as connection:
        connection.execute(END_ALL, [throwaway.NAME])


def test_after_a_cut_the_same_key_asks_once(front: Shopfront, caller: Caller) -> None:
    path, asked = f"/orders/{front.pay()}/refund-requests", {"unit": 1, "reason": "no_reason"}
    key = new_key()
    caller.get("/orders")
    cut_all_lines()
    answers = [caller.post(path, asked, key=key) for _ in range(3)]
    assert {answer.status_code for answer in answers} <= {201, 503}
    assert all(answer.json()["code"] == "outcome_unknown" for answer in answers if answer.status_code == 503)
    assert all(answer.headers["Retry-After"] == "1" for answer in answers if answer.status_code == 503)
    assert answers[-1].status_code == 201
    assert answers[-1].json()["case"] == 1


def test_after_a_cut_looking_works_again_at_once_or_at_the_second_try(
    front: Shopfront, caller: Caller
) -> None:
    path = f"/orders/{front.pay()}"
    assert caller.get(path).status_code == 200
    cut_all_lines()
    answers = [caller.get(path).status_code for _ in range(2)]
    assert answers[-1] == 200
    assert answers[0] in (200, 503)
