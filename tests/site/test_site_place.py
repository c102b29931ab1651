"""Where the server lies: short sockets, reachable folders, never somebody else's."""

import os
from pathlib import Path

import pytest

from tuidan.site.folder import throwaway
from tuidan.site.postgres import place as places
from tuidan.site.postgres.place import SOCKET_NAME, SOCKET_PATH_MAX_BYTES, lay_out, others_can_enter, place_of


def test_a_long_folder_name_still_gives_a_socket_that_fits() -> None:
    folder = Path("/srv").joinpath(*["很长的目录"] * 9)
    sockets = place_of(folder).sockets
    assert len(os.fsencode(sockets / SOCKET_NAME)) <= SOCKET_PATH_MAX_BYTES
    assert sockets == place_of(folder).sockets
    assert sockets != place_of(folder / "other").sockets


def test_a_short_folder_keeps_its_socket_beside_the_data() -> None:
    assert place_of(Path("/srv/tuidan")).sockets == Path("/srv/tuidan/postgres/sockets")


def test_a_private_folder_cannot_be_entered_by_others_and_is_left_as_it_is(tmp_path: Path) -> None:
    private = tmp_path / "private"
    private.mkdir(mode=0o700)
    assert not others_can_enter(private / "var")
    assert private.stat().st_mode & 0o777 == 0o700


def test_root_puts_the_data_where_its_server_can_walk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(places, "SPARE_FOLDER", Path("/spare"))
    private = tmp_path / "private"
    private.mkdir(mode=0o700)
    assert place_of(private / "var").base.parent == Path("/spare")
    assert place_of(Path("/srv/var")).base == Path("/srv/var/postgres")


def test_folders_of_somebody_else_are_refused(walkable_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = place_of(walkable_path / "var")
    lay_out(place)
    stranger = os.geteuid() + 1
    monkeypatch.setattr(os, "geteuid", lambda: stranger)
    with pytest.raises(PermissionError, match="belongs to somebody else"):
        lay_out(place)


def test_a_throwaway_folder_holds_everything_and_goes_away_whole() -> None:
    with throwaway() as folder:
        place = place_of(folder)
        assert place.base.is_relative_to(folder)
        assert place.sockets.is_relative_to(folder)
        lay_out(place)
    assert not folder.exists()
