"""Asks a witness to cosign a checkpoint, and keeps of its answer what its own key has signed."""

from __future__ import annotations

import base64
from collections.abc import Sequence

from tuidan.connectors.contract.http import HttpAnswer, HttpClient, HttpLimits, RequestRefused
from tuidan.connectors.contract.witness import WitnessAnswer
from tuidan.domain.tlog.checkpoint import read_number
from tuidan.domain.tlog.note import BadNote, Key, open_note

__all__ = ["TlogWitness"]

PATH = "/add-checkpoint"
ANSWER_BYTES_MAX = 20_000
WHY_CHARS_MAX = 200


class TlogWitness:
    """One witness (contract `LogWitness`). `key` is what its cosignatures are verified with."""

    def __init__(self, name: str, url: str, key: Key, total_seconds: float) -> None:
        self.name, self.url, self.key = name, url, key
        self.vkey = key.vkey()
        limits = HttpLimits(total_seconds=total_seconds, answer_bytes_max=ANSWER_BYTES_MAX)
        self._http = HttpClient(f"witness {name}", limits)
        self.call_deadline_seconds = total_seconds + 1

    def close_connections(self) -> None:
        self._http.close()

    def add_checkpoint(self, old_size: int, proof: Sequence[bytes], note: bytes) -> WitnessAnswer:
        body = write_request(old_size, proof, note)
        answer = self._http.post(self.url + PATH, body, "text/plain; charset=utf-8")
        if answer.status >= 500 or answer.status == 429:
            answer.require_ok()
        if answer.status == 200:
            return self._cosigned(note, answer.body)
        if answer.status == 409:
            return self._other_size(answer)
        said = answer.body.decode(errors="replace")[:WHY_CHARS_MAX].strip()
        return WitnessAnswer(
            "inconsistent" if answer.status == 422 else "refused", why=f"{answer.status} {said}"
        )

    def _cosigned(self, note: bytes, lines: bytes) -> WitnessAnswer:
        """What its key has signed; lines of other keys are left out, as the protocol asks."""
        try:
            opened = open_note(note + lines, [self.key])
        except BadNote as error:
            raise RequestRefused("not_a_cosignature", str(error)) from error
        names = {(self.key.name, self.key.id)}
        kept = [each.line() for each in opened.note.signatures if (each.name, each.key_id) in names]
        return WitnessAnswer("cosigned", tuple(kept))

    def _other_size(self, answer: HttpAnswer) -> WitnessAnswer:
        """The size that it has; an answer without one is what older witnesses give for one size with two roots."""
        try:
            return WitnessAnswer(
                "other_size", size=read_number(answer.body.decode("ascii").removesuffix("\n"))
            )
        except ValueError:
            return WitnessAnswer("inconsistent", why="409 without a size")


def write_request(old_size: int, proof: Sequence[bytes], note: bytes) -> bytes:
    """The body of add-checkpoint."""
    lines = [f"old {old_size}", *(base64.b64encode(each).decode("ascii") for each in proof), "", ""]
    return "\n".join(lines).encode("ascii") + note
