"""`tuidan verify`: check a bundle as the single-file verifier does, and make its decisions again. No database."""

from __future__ import annotations

import sys
from pathlib import Path

import click
import orjson

from tuidan.domain.bundle.ruling import decided_again, said_by_policy
from tuidan.domain.evidence import canonical_bytes
from tuidan.domain.policy import CompiledPolicy, FactsError, PolicyError, compile_policy
from tuidan.policies import load_calendar
from tuidan.verifier.checks import check_bundle
from tuidan.verifier.container import Container
from tuidan.verifier.finding import Report
from tuidan.verifier.main import report_lines
from tuidan.verifier.sealing import Trust
from tuidan.verifier.single import single_file

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
LANGUAGES = ("zh", "en")


def _write_verifier(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        sys.stdout.buffer.write(single_file())
        context.exit(0)


@click.command("verify")
@click.argument("bundle", type=FILE)
@click.option(
    "--vkey", multiple=True, help="The log's key as published; without it the bundle's own is told."
)
@click.option("--witness", multiple=True, help="The key of a witness that must have signed; may be repeated.")
@click.option("--tsa-ca", type=FILE, help="Certificates (PEM) of the time-stamp authority.")
@click.option("--lang", type=click.Choice(LANGUAGES), default="zh", show_default=True)
@click.option(
    "--single-file",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_write_verifier,
    help="Write verify.py, which needs nothing of Tuidan, to standard output.",
)
def verify_command(
    bundle: Path, vkey: tuple[str, ...], witness: tuple[str, ...], tsa_ca: Path | None, lang: str
) -> None:
    """Check the BUNDLE of an order line by line, and decide again what its rules decided. Ends with 1 if it fails."""
    trust = Trust(vkey, witness, tsa_ca.read_bytes() if tsa_ca else b"")
    report = check_bundle(bundle, trust)
    if report.holds():
        decide_again(bundle, report)
    for line in report_lines(report, LANGUAGES.index(lang)):
        click.echo(line)
    sys.exit(0 if report.holds() else 1)


def decide_again(path: Path, report: Report) -> None:
    """Each decision whose facts are in the bundle is made again, by the rules in the bundle."""
    bundle = Container(path)
    try:
        policy = _policy(bundle)
        for name in sorted(bundle.entries):
            if name.startswith("decision-") and name.endswith(".facts.jsonl"):
                told = orjson.loads(bundle.read(name.replace(".facts.jsonl", ".json")))
                verdicts = {ruling["event"]: ruling["verdict"] for ruling in told["rulings"]}
                for line in bundle.read(name).splitlines():
                    facts = orjson.loads(line)
                    _decide_one(facts["event"], facts["facts"], verdicts, policy, report)
    except (KeyError, TypeError, PolicyError):
        report.note("not_decided_again")
    finally:
        bundle.close()


def _policy(bundle: Container) -> CompiledPolicy:
    name = next(name for name in bundle.entries if name.startswith("policy/"))
    return compile_policy(bundle.read(name))


def _decide_one(
    n: int,
    facts: dict[str, object],
    verdicts: dict[int, dict[str, object]],
    policy: CompiledPolicy,
    report: Report,
) -> None:
    said = said_by_policy(verdicts.get(n, {}))
    try:
        same = said is not None and decided_again(facts, policy, load_calendar()) == canonical_bytes(said)
    except (FactsError, ArithmeticError, LookupError, ValueError, RuntimeError):
        same = False
    if same:
        report.ok("decided_again", n=n)
    else:
        report.fault("decided_otherwise", n=n)


COMMANDS = (verify_command,)
