"""Who answers for a command: an operator named by e-mail, checked before anything is done."""

from __future__ import annotations

from uuid import UUID

import click

from tuidan.domain.refusals import Refusal
from tuidan.reads.people import person_by_email
from tuidan.web.shared.refusals import sentence

operator_option = click.option(
    "--operator", "email", required=True, help="E-mail address of the operator who answers for it."
)


def operator_of(email: str) -> UUID:
    """The operator's id; raises ClickException with the sentence that helps."""
    who = person_by_email(email)
    if who is None or not who.is_operator:
        raise click.ClickException(f"{email} is not an operator; use the address of somebody who is.")
    return who.id


def must(refusal: Refusal | None) -> None:
    """Raise ClickException with the words of a refusal, if there is one."""
    if refusal is not None:
        data = ", ".join(f"{name}: {value}" for name, value in refusal.data.items())
        raise click.ClickException(sentence(refusal.code, "en") + (f" ({data})" if data else ""))
