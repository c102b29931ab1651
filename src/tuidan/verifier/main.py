"""The verifier's command line: what was checked, line by line, and 0 or 1 at the end."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tuidan.verifier.checks import check_bundle
from tuidan.verifier.finding import Report
from tuidan.verifier.sealing import Trust
from tuidan.verifier.sentences import FAILS, HOLDS, MARKS, sentence


def report_lines(report: Report, language: int) -> list[str]:
    """The report for a person: language 0 is Chinese, 1 English."""
    lines = [f"{MARKS[line.kind][language]}  {sentence(line, language)}" for line in report.lines]
    ending = HOLDS[language] if report.holds() else FAILS[language].format(count=report.faults)
    return [*lines, ending]


def arguments() -> argparse.ArgumentParser:
    """What the command takes."""
    parser = argparse.ArgumentParser(
        prog="verify.py", description="检查退单平台的证据包 / Check a bundle of evidence from Tuidan."
    )
    parser.add_argument("bundle", type=Path, help="证据包 / the bundle (ZIP)")
    parser.add_argument("--vkey", action="append", default=[], help="日志公钥 / the log's key, as published")
    parser.add_argument(
        "--witness", action="append", default=[], help="见证方公钥 / a witness's key; it must have signed"
    )
    parser.add_argument(
        "--tsa-ca", type=Path, help="时间戳机构证书 / certificates of the time-stamp authority, PEM"
    )
    parser.add_argument("--lang", choices=("zh", "en"), default="zh", help="zh, en")
    return parser


def main(given: list[str] | None = None) -> int:
    """Check the bundle that the arguments name; 0 where all of it holds."""
    told = arguments().parse_args(given)
    try:
        authorities = told.tsa_ca.read_bytes() if told.tsa_ca else b""
    except OSError as error:
        print(error, file=sys.stderr)
        return 2
    trust = Trust(tuple(told.vkey), tuple(told.witness), authorities)
    report = check_bundle(told.bundle, trust)
    for line in report_lines(report, ("zh", "en").index(told.lang)):
        print(line)
    return 0 if report.holds() else 1


if __name__ == "__main__":
    sys.exit(main())
