"""Hostile files against the checking process: all refused, none slow or heavy; noise makes no other kind of a file."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator

import pytest

from tuidan.domain.upload.verdict import FILE_REFUSALS
from tuidan.sandbox.hostile import everything
from tuidan.sandbox.hostile.kind import HostileFile, sound
from tuidan.sandbox.hostile.measure import HostileFigures, answer_for, copy_for, measure
from tuidan.worker.checker import Checker

TYPES = {
    "jpeg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "webp": "image/webp",
    "pdf": "application/pdf",
    "mp4": "video/mp4",
    "mov": "video/quicktime",
    "webm": "video/webm",
}
NOISES = 40 if os.environ.get("TUIDAN_LONG") else 4


@pytest.fixture(scope="module")
def checker() -> Iterator[Checker]:
    with Checker() as running:
        yield running


@pytest.fixture(scope="module")
def files() -> list[HostileFile]:
    return everything()


@pytest.fixture(scope="module")
def told(checker: Checker, files: list[HostileFile]) -> HostileFigures:
    return measure(files, checker)


def test_there_are_more_than_two_hundred_and_each_is_another(files: list[HostileFile]) -> None:
    assert len({file.data for file in files}) == len(files) >= 200
    assert len({file.what for file in files}) == len(files)


def test_every_hostile_file_is_refused_for_a_reason_that_has_words(told: HostileFigures) -> None:
    assert told.taken == []
    assert set(told.codes.values()) <= FILE_REFUSALS.keys()


def test_none_of_them_takes_five_seconds_or_half_a_gigabyte(told: HostileFigures) -> None:
    assert max(told.seconds) < 5
    assert max(told.memory_mib) < 512


def test_the_checking_process_outlives_them_all(told: HostileFigures) -> None:
    assert (told.restarts, told.files) == (0, len(told.codes))


@pytest.mark.parametrize("kind", TYPES)
def test_a_sound_file_is_taken_as_what_it_is(checker: Checker, kind: str) -> None:
    answer = answer_for(checker, sound(kind))
    assert (answer.refusal, answer.told["media_type"]) == ("", TYPES[kind])


@pytest.mark.parametrize("kind", TYPES)
def test_the_copy_that_others_see_is_sound_and_says_nothing_of_its_making(
    checker: Checker, kind: str
) -> None:
    again = answer_for(checker, copy_for(checker, sound(kind)))
    assert (again.refusal, again.told["facts"]["has_metadata"]) == ("", False)  # type: ignore[index]


@pytest.mark.parametrize("kind", TYPES)
def test_noise_in_a_file_never_makes_it_another_kind(checker: Checker, kind: str) -> None:
    chance, whole = random.Random(f"noise in {kind}"), sound(kind)
    for _ in range(NOISES):
        data = bytearray(whole)
        for _ in range(chance.randrange(1, 30)):
            data[chance.randrange(16, len(data))] = chance.randrange(256)
        answer = answer_for(checker, bytes(data))
        assert answer.refusal in FILE_REFUSALS or answer.told["media_type"] == TYPES[kind]
    assert checker.started == 1
