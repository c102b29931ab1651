"""`tuidan bench evidence`: what the log, a bundle and a dossier cost, with spreads, aims and limits."""

from __future__ import annotations

import os

import click
import orjson

from tuidan.sandbox.bench import evidence
from tuidan.site.cli.bench import bench, ground_here, run_apart, say
from tuidan.site.environment import read

only_option = click.option(
    "--only", type=click.Choice(list(evidence.PARTS)), multiple=True, help="Only this part; may be repeated."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
rounds_option = click.option("--rounds", default=5, show_default=True, help="How many rounds.")


@bench.command("evidence")
@json_option
@only_option
@rounds_option
def bench_evidence(as_json: bool, only: tuple[str, ...], rounds: int) -> None:
    """Measure the evidence: leaves into the log, its cost for a refund, verifying a bundle, a long dossier."""
    options = [f"--only={name}" for name in only] + [f"--rounds={rounds}"] + ["--json"] * as_json
    run_apart("bench-evidence-here", options)


@click.command("bench-evidence-here", hidden=True)
@json_option
@only_option
@rounds_option
def bench_evidence_here(as_json: bool, only: tuple[str, ...], rounds: int) -> None:
    """The part of `bench evidence` that runs in its own data folder."""
    with ground_here(read(os.environ)) as ground:
        told = [figure.to_plain() for figure in evidence.measure(ground, only, rounds, say)]
    if as_json:
        click.echo(orjson.dumps({"rounds": rounds, "figures": told}, option=orjson.OPT_INDENT_2))
    else:
        click.echo("\n".join(evidence.lines(told)))


COMMANDS = (bench_evidence_here,)
