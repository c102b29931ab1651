"""Asks a Cardbook issuer: signs the question, verifies the answer, and answers `unknown` for all else."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from tuidan.connectors.contract.http import HttpClient, HttpLimits, OutsideError
from tuidan.connectors.contract.issuer import CodeStatus, CreditStatus
from tuidan.connectors.contract.strict_json import Unreadable
from tuidan.connectors.issuers.cardbook import translate
from tuidan.connectors.issuers.cardbook.config import CardbookConfig
from tuidan.connectors.issuers.cardbook.signature import answer_signature, fits, question_signature

__all__ = ["CardbookIssuer"]

CODES_PATH = "/v1/codes/status"
CREDIT_PATH = "/v1/credits/status"


def utc_now() -> datetime:
    return datetime.now(UTC)


class CardbookIssuer:
    """One issuer (contract `Issuer`). `clock` gives the time for signatures: this is an edge."""

    name = "cardbook"
    batch_codes_max = 500

    def __init__(self, config: CardbookConfig, clock: Callable[[], datetime] = utc_now) -> None:
        self.config = config
        self._clock = clock
        limits = HttpLimits(total_seconds=config.total_seconds, connect_seconds=config.connect_seconds)
        self._http = HttpClient(self.name, limits)
        self.call_deadline_seconds = config.total_seconds + 1

    def close_connections(self) -> None:
        self._http.close()

    def check_code(self, code: str) -> CodeStatus:
        return self.check_codes([code])[0]

    def check_codes(self, codes: Sequence[str]) -> list[CodeStatus]:
        if len(codes) > self.batch_codes_max:
            raise ValueError(f"at most {self.batch_codes_max} codes at once")
        digests = [translate.digest(code) for code in codes]
        if not digests:
            return []
        try:
            body = self._ask(CODES_PATH, {"digests": sorted(set(digests))})
            return translate.code_statuses(body, digests)
        except OutsideError as error:
            return [CodeStatus("unknown", error_code=error.code)] * len(digests)
        except Unreadable as error:
            return [CodeStatus("unknown", error_code=error.why)] * len(digests)

    def check_top_up(self, reference: str, account: str) -> CreditStatus:
        if not reference:
            raise ValueError("no reference to ask for")
        try:
            body = self._ask(CREDIT_PATH, {"reference": reference, "account": account})
            return translate.credit_status(body, reference)
        except OutsideError as error:
            return CreditStatus("unknown", error_code=error.code)
        except Unreadable as error:
            return CreditStatus("unknown", error_code=error.why)

    def _ask(self, path: str, values: dict[str, Any]) -> bytes:
        """The verified body of a 2xx answer. Raises OutsideError, Unreadable."""
        body, nonce = translate.to_body(values), secrets.token_hex(16)
        timestamp = str(int(self._clock().timestamp()))
        headers = {
            "Cardbook-Key": self.config.key_id,
            "Cardbook-Timestamp": timestamp,
            "Cardbook-Nonce": nonce,
            "Cardbook-Signature": question_signature(self.config.secret, path, timestamp, nonce, body),
        }
        answer = self._http.post(self.config.base_url + path, body, "application/json", headers).require_ok()
        wanted = answer_signature(self.config.secret, answer.status, nonce, answer.body)
        if not fits(answer.headers.get("cardbook-signature", ""), wanted):
            raise Unreadable("answer_forged")
        return answer.body
