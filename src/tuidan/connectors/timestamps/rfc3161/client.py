"""Asks an RFC 3161 authority for a token and verifies it before anybody keeps it."""

from __future__ import annotations

from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from tuidan.connectors.contract.http import HttpClient, HttpLimits
from tuidan.connectors.contract.timestamp import TimestampRefused, TimestampToken
from tuidan.connectors.timestamps.rfc3161.config import Rfc3161Config

__all__ = ["Rfc3161Authority"]

QUERY_TYPE = "application/timestamp-query"
TOKEN_BYTES_MAX = 60_000


class Rfc3161Authority:
    """One authority (contract `TimestampAuthority`)."""

    name = "rfc3161"

    def __init__(self, config: Rfc3161Config) -> None:
        self.config = config
        self.ca_pem = config.ca_pem
        self.every_minutes = config.every_minutes
        limits = HttpLimits(
            total_seconds=config.total_seconds,
            connect_seconds=config.connect_seconds,
            answer_bytes_max=TOKEN_BYTES_MAX,
        )
        self._http = HttpClient(self.name, limits)
        self.call_deadline_seconds = config.total_seconds + 1

    def close_connections(self) -> None:
        self._http.close()

    def stamp(self, data: bytes) -> TimestampToken:
        """A token over the data, bound to this question by a nonce. Raises OutsideError, TimestampRefused."""
        request = TimestampRequestBuilder().data(data).hash_algorithm(HashAlgorithm.SHA256).build()
        answer = self._http.post(self.config.url, request.as_bytes(), QUERY_TYPE).require_ok()
        builder = VerifierBuilder.from_request(request)
        for root in self.config.roots():
            builder = builder.add_root_certificate(root)
        try:
            told = decode_timestamp_response(answer.body)
            builder.build().verify_message(told, data)
            return TimestampToken(answer.body, told.tst_info.gen_time)
        except (ValueError, VerificationError) as error:
            raise TimestampRefused(f"the answer is not a token over what was asked: {error}") from error
