"""`tuidan retention` and `tuidan dossier` as an operator uses them at the machine."""

from pathlib import Path
from uuid import uuid4

import pytest
from click.testing import CliRunner, Result

from shopfloor import Bought, later, sealed
from tuidan.commands import dispute
from tuidan.commands.order import fire_timer
from tuidan.site.cli import tuidan
from tuidan.store.people import create_person


def call(*words: str) -> Result:
    return CliRunner().invoke(tuidan, list(words))


def operator(**roles: bool) -> str:
    return create_person(
        f"{uuid4()}@example.com", None, "op", later(0), **(roles or {"is_operator": True})
    ).email


@pytest.fixture(scope="module")
def released(database: str) -> Bought:
    bought = sealed()
    fire_timer(bought.id, 1, "release", 0, later(10**7))
    return bought


def test_a_hold_is_placed_listed_and_released_with_name_and_reason(released: Bought) -> None:
    who = ("--operator", operator())
    held = call("retention", "hold", "--order", str(released.id), "--reason", "法院调取", *who)
    assert (held.exit_code, held.stdout) == (0, f"Held: order {released.id}.\n")
    listed = call("retention", "report").stdout
    assert f"{released.id}" in listed
    assert "法院调取" in listed
    refused = call("retention", "erase", "--order", str(released.id), "--reason", "x", *who)
    assert (refused.exit_code, "erasure_held" in refused.output) == (1, True)
    done = call(
        "retention", "release", "--order", str(released.id), "--hold", "1", "--reason", "已结案", *who
    )
    assert done.exit_code == 0, done.output


def test_an_erasure_before_its_day_is_refused_with_day_and_law(released: Bought) -> None:
    words = ("--order", str(released.id), "--reason", "本人要求", "--operator", operator())
    told = call("retention", "erase", *words)
    assert told.exit_code == 1
    assert "2030-03-19T15:59:59+00:00" in told.output
    assert "电商法31" in told.output


def test_who_is_no_operator_holds_and_erases_nothing(released: Bought) -> None:
    words = ("--order", str(released.id), "--reason", "x", "--operator", operator(is_reviewer=True))
    assert call("retention", "hold", *words).exit_code == 1
    assert call("retention", "erase", *words).exit_code == 1


def test_a_persons_wish_is_noted_for_them() -> None:
    person = create_person(f"{uuid4()}@example.com", None, "王小买", later(0))
    words = ("--person", person.email, "--reason", "来信要求", "--operator", operator())
    told = call("retention", "erase", *words)
    assert told.exit_code == 0, told.output
    assert str(person.id) in call("retention", "report").stdout


def test_an_erasure_names_one_aim() -> None:
    told = call("retention", "erase", "--reason", "x", "--operator", "a@example.com")
    assert (told.exit_code, "name one of" in told.output) == (2, True)


def test_the_dossier_is_written_to_a_file_and_the_complaint_is_printed(tmp_path: Path) -> None:
    bought = sealed(issuer="")
    assert dispute.request_refund(bought.id, bought.buyer, 1, "item_invalid", "r", later(9), words="坏的").ok
    file = tmp_path / "dossier.pdf"
    told = call("dossier", str(bought.id), "-o", str(file), "--lang", "en")
    assert (told.exit_code, file.read_bytes()[:5]) == (0, b"%PDF-")
    said = call("dossier", str(bought.id), "--complaint", "--as", "buyer")
    assert str(bought.id) in said.stdout


def test_an_order_that_is_not_there_has_no_dossier() -> None:
    told = call("dossier", str(uuid4()), "-o", "never.pdf")
    assert (told.exit_code, "there is no order" in told.output) == (1, True)
