"""The figures of evidence: what is reached and what is missed is said. How fast it is, is not tested."""

from click.testing import CliRunner

from tuidan.sandbox.bench.evidence import PARTS, EvidenceFigure, lines
from tuidan.sandbox.bench.evidence_log import LogFigures
from tuidan.site.cli import tuidan


def test_an_aim_is_held_against_the_median() -> None:
    least = EvidenceFigure("a", "", "x", [0.1, 0.3, 0.9], 0.2)
    most = EvidenceFigure("b", "", "%", [1.0, 12.0, 30.0], 10.0, at_most=True)
    free = EvidenceFigure("c", "", "ms", [5.0])
    assert (least.reached(), most.reached(), free.reached()) == (True, False, None)


def test_the_table_says_what_was_missed_with_its_spread() -> None:
    told = [EvidenceFigure("log_ratio", "what it is", "x", [0.05, 0.1, 0.15], 0.2).to_plain()]
    table = "\n".join(lines(told))
    assert "0.05 – 0.15 x" in table and "≥ 0.2  missed" in table and "log_ratio: what it is" in table


def test_the_cost_of_chain_and_log_is_a_share_of_a_command() -> None:
    figures = LogFigures(leaves=[10_000.0], commands=[1_000.0], chain_seconds=[0.000_01])
    assert figures.chain_percent() == [1.0]
    assert figures.cost_percent() == [11.0], "one leaf takes a tenth of what a command takes"


def test_the_command_knows_every_part() -> None:
    told = CliRunner().invoke(tuidan, ["bench", "evidence", "--help"])
    assert told.exit_code == 0
    assert all(name in told.output for name in PARTS)
