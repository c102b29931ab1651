"""Evidence files by the API: in pieces at offsets, finished with a hash, named in an exhibit, fetched by who may."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from uuid import UUID

import pytest
from api_world import Caller, Shopfront, new_key, now

from evidence_files import jpeg_with_place, png
from tuidan.worker.checker import Checker
from tuidan.worker.files import check_files


@pytest.fixture(scope="module")
def checker() -> Iterator[Checker]:
    with Checker() as running:
        yield running


def begun(caller: Caller, order_id: UUID, data: bytes, role: str = "owner") -> str:
    """The path of a file that is to come."""
    asked = {"name": "photo.jpg", "size": len(data)}
    told = caller.post(f"/orders/{order_id}/cases/1/files", asked, role)
    assert told.status_code == 201, told.text
    return f"/orders/{order_id}/files/{told.json()['n']}"


def piece(caller: Caller, path: str, offset: int, data: bytes, role: str = "owner"):
    headers = {
        "Authorization": f"Bearer {caller.keys[role]}",
        "Upload-Offset": str(offset),
        "Content-Type": "application/offset+octet-stream",
    }
    return caller.client.patch(f"/api/v1{path}/upload", content=data, headers=headers)


def offset_of(caller: Caller, path: str, role: str = "owner"):
    return caller.client.head(
        f"/api/v1{path}/upload", headers={"Authorization": f"Bearer {caller.keys[role]}"}
    )


def whole(caller: Caller, order_id: UUID, data: bytes) -> str:
    path = begun(caller, order_id, data)
    assert piece(caller, path, 0, data).status_code == 204
    asked = {"sha256": hashlib.sha256(data).hexdigest()}
    assert caller.post(f"{path}/finish", asked, "owner").json()["state"] == "received"
    return path


def test_an_upload_goes_on_at_the_offset_that_the_server_says(front: Shopfront, caller: Caller) -> None:
    data = png()
    path = begun(caller, front.in_evidence(), data)
    assert piece(caller, path, 0, data[:700]).headers["Upload-Offset"] == "700"
    wrong = piece(caller, path, 10, data[10:])
    assert (wrong.status_code, wrong.json()["data"]["offset"]) == (409, 700)
    asked = offset_of(caller, path)
    assert (asked.status_code, asked.headers["Upload-Offset"]) == (200, "700")
    assert asked.headers["Upload-Length"] == str(len(data))
    assert piece(caller, path, 700, data[700:]).headers["Upload-Offset"] == str(len(data))


def test_another_hash_than_the_told_one_is_refused(front: Shopfront, caller: Caller) -> None:
    data = png()
    path = begun(caller, front.in_evidence(), data)
    piece(caller, path, 0, data)
    told = caller.post(f"{path}/finish", {"sha256": "ab" * 32}, "owner")
    assert (told.status_code, told.json()["code"]) == (422, "file_hash_differs")
    assert caller.get(path, "owner").json()["state"] == "erased"


def test_a_file_is_shown_and_fetched_by_those_who_may(
    front: Shopfront, caller: Caller, checker: Checker
) -> None:
    order_id, data = front.in_evidence(), jpeg_with_place()
    path = whole(caller, order_id, data)
    check_files(checker, now)
    assert caller.get(path, "seller").status_code == 404
    number = int(path.rpartition("/")[2])
    exhibit = {"type": "progress_screenshot", "files": [number]}
    assert caller.post(f"/orders/{order_id}/cases/1/exhibits", exhibit, "owner").status_code == 201
    seen = caller.get(path, "seller").json()
    assert (seen["exhibit"], seen["name"], seen["facts"]) == (2, "", {})
    copy = caller.get(f"{path}/content", "seller")
    assert hashlib.sha256(copy.content).hexdigest() == seen["cleaned_sha256"]
    assert caller.get(f"{path}/content?which=original", "reviewer").content == data
    assert caller.get(f"{path}/content?which=original", "seller").status_code == 403


def test_a_file_that_is_not_checked_is_in_no_exhibit(front: Shopfront, caller: Caller) -> None:
    order_id = front.in_evidence()
    number = int(whole(caller, order_id, png()).rpartition("/")[2])
    exhibit = {"type": "progress_screenshot", "files": [number]}
    told = caller.post(f"/orders/{order_id}/cases/1/exhibits", exhibit, "owner")
    assert (told.status_code, told.json()["code"]) == (409, "file_not_ready")


def test_a_piece_larger_than_four_mebibytes_is_not_read(front: Shopfront, caller: Caller) -> None:
    path = begun(caller, front.in_evidence(), b"x" * 6_000_000)
    told = piece(caller, path, 0, b"x" * 5_000_000)
    assert (told.status_code, told.json()["code"]) == (413, "too_large")


def test_a_file_is_taken_back_by_its_own_side(front: Shopfront, caller: Caller) -> None:
    path = begun(caller, front.in_evidence(), png())
    assert caller.send("seller", "DELETE", path, None, new_key()).status_code == 404
    assert caller.send("owner", "DELETE", path, None, new_key()).status_code == 204
    assert caller.get(path, "owner").json()["state"] == "erased"
