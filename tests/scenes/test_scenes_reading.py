"""From an uploaded picture to what the platform says of it: elements, the claim beside them, the same one elsewhere."""

from collections.abc import Iterator

import pytest
from picture_work import CHECKER, REVIEWER, complained, now, read_all

from shopfloor import kinds, state
from tuidan.commands.hearing import act
from tuidan.connectors.contract.reader import Reader
from tuidan.connectors.readers.process import ReaderProcess
from tuidan.domain import commands as c
from tuidan.reads.reading import readings_of
from tuidan.sandbox.pictures.altering import saved, scaled
from tuidan.store.orders.story import load_story
from tuidan.store.readings import rows


@pytest.fixture(scope="module", autouse=True)
def checked() -> Iterator[None]:
    """One checking process for all uploads here."""
    yield
    CHECKER.close()


@pytest.fixture(scope="module")
def eyes() -> Iterator[Reader]:
    """Reads words: takes a few seconds to start."""
    reader = ReaderProcess()
    yield reader
    reader.close()


@pytest.fixture(scope="module")
def blind() -> Iterator[Reader]:
    """Finds pictures again and reads no words, as without the extra."""
    reader = ReaderProcess(words=False)
    yield reader
    reader.close()


def test_a_screenshot_is_read_and_what_it_shows_stands_beside_what_the_party_claims(eyes: Reader) -> None:
    case = complained(1)
    n = case.upload(saved(case.screen().image))
    read_all(eyes)
    view = readings_of(case.bought.id, load_story(case.bought.id), case.viewer, now())[n]
    assert view.state == "done"
    assert [(element.name, element.state) for element in view.elements] == [
        ("order_no", "found"),
        ("time", "found"),
        ("key_info", "found"),
    ]
    case.file(n, "payment_proof")
    read_all(eyes)
    assert kinds(case.bought)[-2:] == ["exhibit_filed", "exhibit_read"]
    assert case.exhibit().read == "found found found"


def test_a_screenshot_of_another_order_is_told_and_does_not_count_as_complete(eyes: Reader) -> None:
    case, other = complained(2), complained(3)
    n = case.upload(saved(other.screen().image, 85))
    case.file(n, "payment_proof")
    read_all(eyes)
    read = case.exhibit().read.split()
    assert read[0] == "contradicts"
    assert "other_number" in read
    assert case.exhibit().has_order_no, "the claim stays as it was made"
    assert not case.exhibit().to_facts()["has_order_no"]


def test_a_smaller_copy_in_another_order_is_seen_and_flagged_for_a_person(blind: Reader) -> None:
    first, thief = complained(4), complained(5)
    screen = first.screen()
    n = first.upload(saved(screen.image))
    first.file(n)
    read_all(blind)
    m = thief.upload(saved(scaled(screen, 0.5).image, 70))
    thief.file(m)
    read_all(blind)
    assert thief.exhibit().flag == "reuse_seen"
    assert not first.exhibit().flag
    for viewer, places in ((REVIEWER, [(first.bought.id, n)]), (thief.viewer, [])):
        view = readings_of(thief.bought.id, load_story(thief.bought.id), viewer, now())[m]
        assert view.used_elsewhere
        assert [(place.order_id, place.n) for place in view.elsewhere] == places


def test_a_reused_picture_refuses_nobody_before_a_person_has_looked(blind: Reader) -> None:
    first, thief = complained(12), complained(13)
    picture = saved(first.screen().image)
    for case in (first, thief):
        case.file(case.upload(picture))
        read_all(blind)
    submitted = act(thief.bought.id, thief.buyer, c.SubmitEvidence(1), "submit", now())
    assert submitted.ok, submitted.refusal
    assert state(thief.bought).cases[0].status == "review"
    flagged = c.FlagExhibit(1, 1, "reused", str(first.bought.id))
    assert act(thief.bought.id, c.Actor("reviewer", str(REVIEWER.person_id)), flagged, "flag", now()).ok
    assert thief.exhibit().to_facts()["reused_from_order"]


def test_two_screenshots_of_one_app_are_not_taken_for_the_same_picture(blind: Reader) -> None:
    one, two = complained(6), complained(7)
    for case in (one, two):
        case.file(case.upload(saved(case.screen().image, 80)))
    read_all(blind)
    assert (one.exhibit().flag, two.exhibit().flag) == ("", "")


def test_without_anybody_who_reads_words_a_person_is_asked(blind: Reader) -> None:
    case = complained(8)
    n = case.upload(saved(case.screen().image))
    read_all(blind)
    view = readings_of(case.bought.id, load_story(case.bought.id), case.viewer, now())[n]
    assert (view.state, view.elements) == ("asked", ())
    case.file(n)
    read_all(blind)
    assert case.exhibit().read == "unread unread unread"


def test_the_same_picture_twice_in_one_order_is_no_reuse(blind: Reader) -> None:
    case = complained(9)
    picture = saved(case.screen().image)
    case.file(case.upload(picture))
    case.file(case.upload(picture))
    read_all(blind)
    assert [exhibit.flag for exhibit in state(case.bought).exhibits] == ["", ""]


def test_a_forgotten_reading_finds_nothing_any_more(blind: Reader) -> None:
    first, second = complained(10), complained(11)
    picture = saved(first.screen().image)
    first.file(first.upload(picture))
    read_all(blind)
    rows.erase(first.bought.id, 1)
    second.file(second.upload(picture))
    read_all(blind)
    assert not second.exhibit().flag
    assert rows.find(first.bought.id, 1) is not None
