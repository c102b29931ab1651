"""The server that the product brings: started, stopped, killed and found again, by real processes."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import psycopg
import pytest

from tuidan.site.environment import Environment
from tuidan.site.postgres import binaries, cluster, owner
from tuidan.site.postgres.place import Place, place_of, unprivileged

END_SECONDS = 30.0


@pytest.fixture
def folder(walkable_path: Path) -> Path:
    """A data folder that the server's user can walk to, short enough for a socket."""
    return walkable_path / "var"


@contextmanager
def served(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """`tuidan database` in a process of its own, up and answering."""
    environment = os.environ | {"TUIDAN_DATA_DIR": str(folder), "TUIDAN_DATABASE_NAME": "tuidan"}
    environment.pop("DATABASE_URL", None)
    with subprocess.Popen(
        [sys.executable, "-m", "tuidan", "database"], env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline().startswith("database in"), cluster.tail(place_of(folder).log)
            yield process
        finally:
            if process.poll() is None:
                process.terminate()


def connect(place: Place) -> psycopg.Connection:
    return psycopg.connect(
        host=str(place.sockets), user="tuidan_owner", dbname="tuidan", autocommit=True, connect_timeout=5
    )


def server_process(place: Place) -> psutil.Process:
    return psutil.Process(int((place.data / "postmaster.pid").read_text().split()[0]))


def wait_for(condition: Callable[[], bool]) -> bool:
    end = time.monotonic() + END_SECONDS
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.02)
    return False


def shut_down_cleanly(place: Place) -> bool:
    """The server removed its pid file and said goodbye; after a crash neither would be so."""
    gone = wait_for(lambda: not (place.data / "postmaster.pid").exists())
    return gone and "database system is shut down" in place.log.read_text()


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 0), (signal.SIGTERM, 143)])
def test_a_signal_stops_the_owner_and_the_server_cleanly(folder: Path, number: int, code: int) -> None:
    with served(folder) as process:
        process.send_signal(number)
        assert process.wait(END_SECONDS) == code
    assert shut_down_cleanly(place_of(folder))


def test_a_killed_owner_takes_the_server_down_cleanly(folder: Path) -> None:
    with served(folder) as process:
        server = server_process(place_of(folder))
        process.kill()
        process.wait(END_SECONDS)
        assert wait_for(lambda: not server.is_running())
    assert shut_down_cleanly(place_of(folder))


def test_a_second_start_finds_the_data_even_after_a_kill(folder: Path) -> None:
    with served(folder) as process:
        with connect(place_of(folder)) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
        process.kill()
        process.wait(END_SECONDS)
    with served(folder), connect(place_of(folder)) as connection:
        assert connection.execute("SELECT answer FROM kept").fetchone() == (42,)


def test_a_second_process_uses_the_running_server_and_leaves_it_running(folder: Path) -> None:
    environment = Environment({"TUIDAN_DATA_DIR": str(folder)})
    with served(folder):
        before = server_process(place_of(folder)).pid
        with owner.running(environment) as place:
            assert place is not None
            with connect(place) as connection:
                assert connection.execute("SELECT 1").fetchone() == (1,)
        assert server_process(place_of(folder)).pid == before


def test_an_owner_that_is_done_waits_for_its_guest(folder: Path) -> None:
    guest = (
        "import os, time, psycopg\n"
        "from tuidan.site.environment import read\n"
        "from tuidan.site.postgres.owner import running\n"
        "with running(read(os.environ)) as place:\n"
        "    connection = psycopg.connect(host=str(place.sockets), user='tuidan_app', dbname='tuidan')\n"
        "    print('here', flush=True)\n"
        "    time.sleep(float(input()))\n"
        "    print(connection.execute('SELECT 6 * 7').fetchone()[0])\n"
        "    connection.close()\n"
    )
    environment = os.environ | {"TUIDAN_DATA_DIR": str(folder), "TUIDAN_DATABASE_NAME": "tuidan"}
    environment.pop("DATABASE_URL", None)
    with owner.running(Environment({"TUIDAN_DATA_DIR": str(folder)})):
        visitor = subprocess.Popen(
            [sys.executable, "-c", guest],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert visitor.stdin is not None and visitor.stdout is not None
        assert visitor.stdout.readline() == "here\n"
        visitor.stdin.write("0.5\n")
        visitor.stdin.close()
    with visitor:
        assert visitor.stdout.read() == "42\n"
    assert shut_down_cleanly(place_of(folder))


def test_who_must_own_the_server_refuses_to_be_a_guest(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(owner, "OWNER_WAIT_SECONDS", 0.2)
    environment = Environment({"TUIDAN_DATA_DIR": str(folder)})
    with served(folder), pytest.raises(owner.OwnedElsewhere, match="stop it first"):
        with owner.running(environment, must_own=True):
            pytest.fail("there cannot be two owners")


def test_the_server_never_runs_as_root_nor_listens_on_the_network(folder: Path) -> None:
    with served(folder):
        place = place_of(folder)
        server = server_process(place)
        assert server.uids().effective == (os.geteuid() or unprivileged().uid)
        assert [c for c in server.net_connections(kind="inet") if c.status == psutil.CONN_LISTEN] == []
        assert place.sockets.stat().st_mode & 0o777 == 0o700


AS_ORDINARY_USER = """
import os, sys
from tuidan.site.environment import Environment
from tuidan.site.postgres import binaries, owner, roles
from tuidan.site.postgres.place import Place, place_of, unprivileged
import encodings.idna, psycopg, shutil, tempfile
folder = sys.argv[1]
if os.geteuid() == 0:
    nobody = unprivileged()
    os.makedirs(folder)
    os.chown(folder, nobody.uid, nobody.gid)
    reachable = binaries.programs(place_of(__import__("pathlib").Path(folder)))
    binaries.programs = lambda place: reachable
    os.setgroups([]); os.setgid(nobody.gid); os.setuid(nobody.uid)
with owner.running(Environment({"TUIDAN_DATA_DIR": folder})) as place:
    with psycopg.connect(host=str(place.sockets), user="tuidan_app", dbname="tuidan") as connection:
        print(os.geteuid(), place.runner, connection.execute("SELECT 'up'").fetchone()[0])
"""


def test_an_ordinary_user_runs_the_server_as_themselves(folder: Path) -> None:
    folder.parent.mkdir(exist_ok=True)
    said = subprocess.run(
        [sys.executable, "-c", AS_ORDINARY_USER, str(folder)], check=True, capture_output=True, text=True
    )
    uid = os.geteuid() or unprivileged().uid
    assert said.stdout == f"{uid} None up\n"
    assert (folder / "postgres" / "data").stat().st_uid == uid


def test_what_a_killed_initialisation_left_is_cleared_away(folder: Path) -> None:
    place = place_of(folder)
    half = place.base / "data.1.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18")
    for path in (folder, place.base):
        path.chmod(0o711)
    with served(folder):
        assert not half.exists()


def test_chinese_text_is_found_by_trigrams(folder: Path) -> None:
    with served(folder), connect(place_of(folder)) as connection:
        connection.execute("CREATE EXTENSION pg_trgm")
        found = connection.execute(
            "SELECT cardinality(show_trgm('退款退单')), similarity('退款退单', '退款')"
        )
        trigrams, alike = found.fetchone() or (0, 0.0)
    assert trigrams == 5
    assert alike > 0.2


def test_a_copy_of_the_programs_works_for_the_user_who_runs_them(folder: Path) -> None:
    folder.mkdir(mode=0o755)
    folder.chmod(0o755)
    package = binaries.programs(place_of(folder)).parent.parent.parent
    copy = binaries.copied(package, folder)
    assert binaries.copied(package, folder) == copy
    user = unprivileged().uid if os.geteuid() == 0 else None
    program = copy / binaries.FOLDERS[0] / "bin" / "psql"
    said = subprocess.run(
        [program, "--version"], check=True, capture_output=True, text=True, user=user, cwd="/"
    )
    assert said.stdout.startswith("psql (PostgreSQL)")
