"""The command line of the product: `tuidan <command>`. One file per noun, collected here and nowhere else."""

import sys

import click
import psycopg
from django.db import OperationalError

from tuidan.site import boot
from tuidan.site.cli import (
    alarm,
    answer,
    audit,
    bench,
    bench_evidence,
    boards,
    bundle,
    database,
    decide,
    demo,
    dossier,
    files,
    fund,
    incident,
    keys,
    log,
    log_witness,
    payout,
    policy,
    receipt,
    refund,
    retention,
    seller,
    serve,
    service,
    shop,
    stock,
    talk,
    terms,
    verify,
    witness,
)
from tuidan.site.environment import BadSetting
from tuidan.site.postgres.binaries import NoPostgres
from tuidan.site.postgres.cluster import ServerFailed
from tuidan.site.postgres.owner import OwnedElsewhere, leave_on_sigterm
from tuidan.site.postgres.roles import NotPermitted

SAID_IN_ONE_SENTENCE = (
    BadSetting,
    NoPostgres,
    ServerFailed,
    OwnedElsewhere,
    NotPermitted,
    PermissionError,
    psycopg.OperationalError,
    OperationalError,
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def tuidan() -> None:
    """Tuidan (退单): a marketplace for virtual goods whose core is the refund."""


for command in (
    *database.COMMANDS,
    *stock.COMMANDS,
    *receipt.COMMANDS,
    *talk.COMMANDS,
    *answer.COMMANDS,
    *decide.COMMANDS,
    *terms.COMMANDS,
    *serve.COMMANDS,
    *keys.COMMANDS,
    *incident.COMMANDS,
    *refund.COMMANDS,
    *payout.COMMANDS,
    *seller.COMMANDS,
    *fund.COMMANDS,
    *shop.COMMANDS,
    *service.COMMANDS,
    *policy.COMMANDS,
    *dossier.COMMANDS,
    *files.COMMANDS,
    *retention.COMMANDS,
    *audit.COMMANDS,
    *log.COMMANDS,
    *log_witness.COMMANDS,
    *alarm.COMMANDS,
    *boards.COMMANDS,
    *bundle.COMMANDS,
    *verify.COMMANDS,
    *bench.COMMANDS,
    *bench_evidence.COMMANDS,
    *demo.COMMANDS,
    *witness.COMMANDS,
):
    tuidan.add_command(command)


def main() -> None:
    """Run the command line. What an operator can mend is said in one sentence, without a traceback."""
    leave_on_sigterm()
    try:
        tuidan()
    except SAID_IN_ONE_SENTENCE as error:
        click.echo(f"tuidan: {error}", err=True)
        sys.exit(1)


__all__ = ["boot", "main", "tuidan"]
