"""What a check found: lines of a report, and the fault that ends a check."""

from __future__ import annotations

from dataclasses import dataclass, field

OK, NOTE, FAULT = "ok", "note", "fault"
# A hostile bundle must not fill a report either.
FAULTS_MAX = 100


class Refused(Exception):
    """Something is wrong with the bundle: a code of `sentences.py` with its data."""

    def __init__(self, code: str, **data: object) -> None:
        super().__init__(code)
        self.code = code
        self.data = data


@dataclass(frozen=True)
class Line:
    """One line of the report: `kind` is ok, note (nothing proven, worth knowing) or fault."""

    kind: str
    code: str
    data: dict[str, object]


@dataclass
class Report:
    """What was checked, line by line, in order."""

    lines: list[Line] = field(default_factory=list)
    faults: int = 0

    def ok(self, code: str, **data: object) -> None:
        """Something was checked and holds."""
        self.lines.append(Line(OK, code, data))

    def note(self, code: str, **data: object) -> None:
        """Something that the reader should know and that proves nothing either way."""
        self.lines.append(Line(NOTE, code, data))

    def fault(self, code: str, **data: object) -> None:
        """Something is wrong."""
        self.faults += 1
        if self.faults <= FAULTS_MAX:
            self.lines.append(Line(FAULT, code, data))

    def refused(self, error: Refused) -> None:
        """A check ended with this fault."""
        self.fault(error.code, **error.data)

    def holds(self) -> bool:
        """Whether nothing wrong was found."""
        return self.faults == 0
