"""What was read on a file, by the API: for whoever may see the file, held against its order."""

from uuid import UUID, uuid4

from api_world import Caller, Shopfront, now

from tuidan.commands import upload
from tuidan.domain import commands as c
from tuidan.domain.upload.state import FileMove, FileState
from tuidan.store.files import rows as files
from tuidan.store.readings import rows


def shown(front: Shopfront) -> UUID:
    """An order in review with a picture that is checked, read and filed."""
    order_id = front.in_review()
    buyer = front.people["owner"]
    actor = c.Actor("buyer", str(buyer))
    file = upload.upload_whole(order_id, 1, actor, buyer, "a.png", b"picture", uuid4().hex, now())
    found = {"media_type": "image/png", "width": 1080, "height": 2340}
    assert files.move(order_id, file.n, FileState.RECEIVED, FileMove.PASS, now(), **found)
    assert rows.take(order_id, file.n, file.sha256, now())
    line = {
        "text": f"订单号 {order_id}",
        "box": {"left": 40, "top": 900, "right": 900, "bottom": 950},
        "confidence": 97,
    }
    page = {"frame": 0, "width": 1080, "height": 2340, "lines": [line]}
    elsewhere = {"order_id": str(uuid4()), "n": 1, "grade": "same", "differing": []}
    assert rows.keep(order_id, file.n, now(), pages=[page], found=[elsewhere])
    files.attach(order_id, file.n, 1)
    return order_id


def test_each_element_is_told_with_its_state_and_its_place(front: Shopfront, caller: Caller) -> None:
    told = caller.get(f"/orders/{shown(front)}/files/1/reading").json()
    assert told["state"] == "done"
    states = {element["name"]: element["state"] for element in told["elements"]}
    assert states == {"order_no": "found", "time": "missing", "key_info": "missing"}
    assert told["elements"][0]["box"] == {"left": 40, "top": 900, "right": 900, "bottom": 950}
    assert told["hints"] == ["show_time", "show_key_info"]


def test_the_other_place_of_a_picture_is_told_to_reviewers_and_a_party_hears_only_that_there_is_one(
    front: Shopfront, caller: Caller
) -> None:
    path = f"/orders/{shown(front)}/files/1/reading"
    party, reviewer = (caller.get(path, role).json() for role in ("owner", "reviewer"))
    assert (party["used_elsewhere"], party["elsewhere"]) == (True, [])
    assert [place["grade"] for place in reviewer["elsewhere"]] == ["same"]


def test_whoever_does_not_see_the_order_finds_no_reading(front: Shopfront, caller: Caller) -> None:
    path = f"/orders/{shown(front)}/files/1/reading"
    assert caller.get(path, "other_buyer").status_code == 404
    assert caller.get(path, "seller").status_code == 200
