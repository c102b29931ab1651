"""The Cardbook issuer: signatures, readings, and a sandbox with many codes."""

import json
import secrets
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sandbox_world import Sandbox, launch, post, running

from tuidan.connectors.contract.strict_json import Unreadable
from tuidan.connectors.issuers import cardbook
from tuidan.connectors.issuers.cardbook import CardbookConfig, CardbookIssuer, translate
from tuidan.connectors.issuers.cardbook.sandbox import start_command
from tuidan.connectors.issuers.cardbook.signature import answer_signature, fits, question_signature

SAMPLES = Path(cardbook.__file__).parent / "samples"
REFERENCE = "aebagbafaydqqcikbmga2dqpca3t1"
SECRET, NONCE = "a-shared-secret-of-24-ch", "00112233445566778899aabbccddeeff"


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    folder = tmp_path_factory.mktemp("issuer")
    with running(start_command(folder), folder) as started:
        yield started


@pytest.fixture(scope="module")
def issuer(sandbox: Sandbox) -> Iterator[CardbookIssuer]:
    connected = cardbook.connect(sandbox.settings)
    yield connected
    connected.close_connections()


def credit(**fields: Any) -> bytes:
    values = json.loads((SAMPLES / "credit_partial.json").read_bytes())
    return json.dumps({**values, **fields}).encode()


def code_answer(**fields: Any) -> bytes:
    return json.dumps({"answered_at": 1795420900125, "codes": [{"digest": "d", **fields}]}).encode()


# The two vectors were computed with `openssl dgst -sha256 -hmac`.


def test_a_question_is_signed_as_openssl_would() -> None:
    made = question_signature(SECRET, "/v1/codes/status", "1795420800", NONCE, b'{"digests":[]}')
    assert made == "f652d899bc0a7dbab23c2a381bcd88140e4056b9ee420d28eab7c0b2611b73ae"


def test_an_answer_is_signed_as_openssl_would() -> None:
    made = answer_signature(SECRET, 200, NONCE, b'{"answered_at":1,"codes":[]}')
    assert made == "fe932e16499683aaea56673aa173c7e1a87f40fa5df70ff11ed1cbe481a31e18"


@given(st.binary(max_size=100), st.text(max_size=70))
def test_a_guessed_signature_does_not_fit(body: bytes, guess: str) -> None:
    assert not fits(guess, answer_signature(SECRET, 200, NONCE, body))


def test_an_answer_to_another_question_has_another_signature() -> None:
    assert answer_signature(SECRET, 200, NONCE, b"{}") != answer_signature(SECRET, 200, NONCE[::-1], b"{}")


def test_codes_are_asked_for_by_digest() -> None:
    found = translate.code_statuses(
        (SAMPLES / "codes.json").read_bytes(), [translate.digest("SAMPLE-B"), translate.digest("SAMPLE-A")]
    )
    assert [status.status for status in found] == ["activated", "unused"]
    assert found[0].activated_at == datetime(2026, 11, 23, 8, 0, 0, 250_000, UTC)
    assert found[0].activated_by == "player-7"


def test_a_code_with_spaces_or_a_literal_percent_is_another_code() -> None:
    assert len({translate.digest(code) for code in ("A", "A ", " A", "A%0A", "A\n")}) == 5


def test_a_code_the_issuer_left_out_is_unknown() -> None:
    found = translate.code_statuses((SAMPLES / "codes.json").read_bytes(), ["another"])
    assert (found[0].status, found[0].error_code) == ("unknown", "not_answered")


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "brand_new"},
        {"status": "unused", "activated_at": 1795420800250},
        {"status": "unused", "activated_by": "player-7"},
        {"status": "unknown"},
    ],
)
def test_a_code_status_that_says_nothing_clear_is_unknown(fields: dict[str, Any]) -> None:
    found = translate.code_statuses(code_answer(**fields), ["d"])[0]
    assert found.status == "unknown"
    assert found.error_code


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b'{"codes":{}}',
        b'{"codes":["d"]}',
        code_answer(status=7),
        code_answer(status="activated", activated_at="1795420800250"),
        code_answer(status="activated", activated_by=7),
        b'{"codes":[{"digest":"d","status":"unused"},{"digest":"d","status":"locked"}]}',
    ],
)
def test_a_code_answer_that_needs_guessing_is_not_read(body: bytes) -> None:
    with pytest.raises(Unreadable):
        translate.code_statuses(body, ["d"])


def test_a_partial_credit_is_read_in_fen() -> None:
    status = translate.credit_status(credit(), REFERENCE)
    assert (status.status, status.arrived_fen, status.ordered_fen) == ("partial", 1000, 5000)
    assert status.credited_at == datetime(2026, 11, 23, 8, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "credited"},
        {"arrived_fen": 5000},
        {"arrived_fen": 0},
        {"arrived_fen": None},
        {"status": "reversed"},
        {"status": "not_credited"},
        {"status": "settled"},
    ],
)
def test_a_credit_that_contradicts_itself_is_unknown(fields: dict[str, Any]) -> None:
    assert translate.credit_status(credit(**fields), REFERENCE).status == "unknown"


def test_a_credit_of_another_reference_is_unknown() -> None:
    status = translate.credit_status(credit(), "another")
    assert (status.status, status.error_code) == ("unknown", "answer_mismatch")


@given(
    st.sampled_from(["credited", "partial", "not_credited", "reversed", "unknown"]),
    st.none() | st.integers(-5, 9000),
    st.none() | st.integers(-5, 9000),
)
def test_partial_is_only_ever_less_than_ordered(
    status: str, arrived: int | None, ordered: int | None
) -> None:
    try:
        found = translate.credit_status(
            credit(status=status, arrived_fen=arrived, ordered_fen=ordered), REFERENCE
        )
    except Unreadable:
        assert min(arrived or 0, ordered or 0) < 0
        return
    if found.status == "partial":
        assert found.arrived_fen
        assert ordered is None or found.arrived_fen < ordered
    if found.status in ("reversed", "not_credited"):
        assert not found.arrived_fen


# ---- the sandbox -------------------------------------------------------------------------------


def test_a_code_nobody_registered_is_invalid(issuer: CardbookIssuer) -> None:
    assert issuer.check_code(secrets.token_hex(8)).status == "invalid"


def test_an_activation_without_a_given_time_is_now(sandbox: Sandbox, issuer: CardbookIssuer) -> None:
    code = secrets.token_hex(8)
    sandbox.tell("code", code=code, status="activated", activated_by="player-9")
    found = issuer.check_code(code)
    assert found.activated_at is not None
    assert abs((datetime.now(UTC) - found.activated_at).total_seconds()) < 10


def test_a_hundred_thousand_codes_are_registered_at_once(sandbox: Sandbox, issuer: CardbookIssuer) -> None:
    codes = [f"BULK-{n:06d}-{n * 7919 % 1_000_003:07d}" for n in range(100_000)]
    began = time.monotonic()
    assert sandbox.tell("codes", codes=codes)["registered"] == 100_000
    assert time.monotonic() - began < 15
    assert sandbox.tell("codes", codes=codes[:10], status="locked")["registered"] == 0
    assert {status.status for status in issuer.check_codes(codes[::250])} == {"unused"}


def test_a_trouble_ends_after_its_questions(sandbox: Sandbox, issuer: CardbookIssuer) -> None:
    code = secrets.token_hex(8)
    sandbox.tell("code", code=code, status="unused")
    sandbox.tell("trouble", kind="down", code=code, next=2)
    assert [issuer.check_code(code).status for _ in range(3)] == ["unknown", "unknown", "unused"]


def test_an_old_answer_played_back_is_not_believed(sandbox: Sandbox, issuer: CardbookIssuer) -> None:
    code = secrets.token_hex(8)
    sandbox.tell("code", code=code, status="unused")
    sandbox.tell("trouble", kind="old_answer", code=code)
    found = issuer.check_code(code)
    assert (found.status, found.error_code) == ("unknown", "answer_forged")


def test_two_credits_of_one_reference_add_up(sandbox: Sandbox, issuer: CardbookIssuer) -> None:
    reference = secrets.token_hex(13)
    for credit_id in ("a", "b", "b"):
        sandbox.tell("credit", credit_id=reference + credit_id, reference=reference, account="1",
                     ordered_fen=5000, arrived_fen=2500)  # fmt: skip
    found = issuer.check_top_up(reference, "1")
    assert (found.status, found.arrived_fen) == ("credited", 5000)


@pytest.mark.parametrize("wrong", [{"key_id": "stranger"}, {"secret": "a-wrong-secret-of-24-char"}])
def test_a_stranger_gets_no_answer(sandbox: Sandbox, wrong: dict[str, str]) -> None:
    stranger = cardbook.connect({**sandbox.settings, **wrong})
    found = stranger.check_code("any")
    stranger.close_connections()
    assert (found.status, found.error_code) == ("unknown", "request_refused")


def test_a_question_cannot_be_asked_twice_with_one_nonce(sandbox: Sandbox) -> None:
    body, timestamp, nonce = b'{"digests":[]}', str(int(time.time())), secrets.token_hex(16)
    headers = {
        "Cardbook-Key": sandbox.settings["key_id"],
        "Cardbook-Timestamp": timestamp,
        "Cardbook-Nonce": nonce,
        "Cardbook-Signature": question_signature(
            sandbox.settings["secret"], "/v1/codes/status", timestamp, nonce, body
        ),
    }
    url = f"{sandbox.base_url}/v1/codes/status"
    assert [post(url, body, headers)[0] for _ in range(2)] == [200, 401]


def test_an_old_question_is_refused(sandbox: Sandbox) -> None:
    config = CardbookConfig.from_settings(sandbox.settings)
    late = CardbookIssuer(config, clock=lambda: datetime(2020, 1, 1, tzinfo=UTC))
    found = late.check_code("any")
    late.close_connections()
    assert found.status == "unknown"


def test_codes_and_credits_survive_a_kill(tmp_path: Path) -> None:
    folder = tmp_path / "issuer"
    first = launch(start_command(folder), folder)
    first.tell("codes", codes=["KEPT"], status="locked")
    first.tell("credit", reference="r1", account="1", ordered_fen=5000, arrived_fen=1000)
    first.process.kill()
    with running(start_command(folder), folder) as again:
        issuer = cardbook.connect(again.settings)
        assert issuer.check_code("KEPT").status == "locked"
        assert issuer.check_top_up("r1", "1").arrived_fen == 1000
        issuer.close_connections()


@pytest.mark.parametrize(
    "wrong",
    [
        {"base_url": "http://issuer.example"},
        {"key_id": "a b"},
        {"secret": "short"},
        {"total_seconds": "0"},
        {"secret": ""},
    ],
)
def test_settings_that_are_unsafe_are_refused(wrong: dict[str, str]) -> None:
    good = {"base_url": "https://issuer.example", "key_id": "k", "secret": "a-shared-secret-of-24-ch"}
    with pytest.raises(ValueError):
        cardbook.connect({**good, **wrong})


def test_neither_codes_nor_secrets_are_printed(sandbox: Sandbox, issuer: CardbookIssuer) -> None:
    sandbox.tell("code", code="NOT-TO-BE-SHOWN", status="activated", activated_by="player-7")
    found = issuer.check_code("NOT-TO-BE-SHOWN")
    assert "NOT-TO-BE-SHOWN" not in found.raw + repr(found)
    assert "player-7" not in repr(found)
    assert sandbox.settings["secret"] not in repr(issuer.config)


def test_a_code_says_what_it_is_worth_and_its_kept_answer_names_it_by_nothing() -> None:
    [told] = translate.code_statuses(code_answer(status="unused", face_fen=3_000), ["d"])
    assert (told.status, told.face_fen) == ("unused", 3_000)
    assert "digest" not in told.raw and "3000" in told.raw
    assert translate.code_statuses(code_answer(status="unused"), ["d"])[0].face_fen is None


@pytest.mark.parametrize(("said", "heard"), [(True, True), (False, False), ("yes", None), (1, None)])
def test_only_a_plain_yes_or_no_says_whether_a_credit_can_be_taken_back(
    said: Any, heard: bool | None
) -> None:
    assert translate.credit_status(credit(revocable=said), REFERENCE).revocable is heard
