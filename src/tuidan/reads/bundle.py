"""The bundle of one order, or of one case of it, for whoever may see it: gathered, sealed by the log, ready to send.

It waits a moment for the log, so that what happened just now is covered too. Words and files are those that this
person may see. Small files are in memory; a file of evidence is read piece by piece, twice.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from tuidan.domain.bundle.archive import ARCHIVE_BYTES_MAX, File, archive_size, large_file, write_archive
from tuidan.domain.bundle.layout import Contents, Desk, Seal, lay_out
from tuidan.domain.bundle.ruling import find_rulings
from tuidan.domain.evidence import ChainLink
from tuidan.domain.order import Order
from tuidan.domain.tlog.note import Note, read_note, read_vkey, sign
from tuidan.domain.tlog.proof_text import ProofText
from tuidan.domain.upload.objects import StoreTrouble
from tuidan.reads.log import OrderProof, log_keys, newest_checkpoint, proof_of
from tuidan.reads.upload import FileView, files_of, open_file
from tuidan.reads.viewer import Viewer, visible_order
from tuidan.store import policies
from tuidan.store.log.tokens import Token, newest_token
from tuidan.store.log.witnesses import load_witnesses
from tuidan.store.orders.attached import load_kept_words, load_snapshot_bytes
from tuidan.store.orders.chain import load_chain
from tuidan.store.orders.history import read_told
from tuidan.store.orders.words import words_of
from tuidan.store.receipts.keys import signing_key

WAIT_SECONDS, LOOK_SECONDS = 2.0, 0.1
# Room for all that is not evidence.
EVIDENCE_BYTES_MAX = ARCHIVE_BYTES_MAX - 64_000_000
# Words that both parties and the platform's people see on their pages. Other words are shown to those named below.
SHARED_WORDS = frozenset(
    {
        "appeal_filed",
        "appraisal_reported",
        "channel_dispute_answered",
        "exhibit_answered",
        "exhibit_filed",
        "membership_stopped",
        "message_sent",
        "offer_made",
        "progress_disputed",
        "progress_reported",
        "refund_requested",
        "unit_delivered",
        "unit_started",
        "work_started",
        "work_stopped",
    }
)
BUYERS_WORDS = frozenset({"payout_consented"})
REVIEWERS_WORDS = frozenset({"minor_found"})
Explain = Callable[[Contents], Sequence[File]]


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle ready to send. `covered` of `events` are in the log; `stamped` says that it has a time token."""

    order_id: UUID
    case: int
    events: int
    covered: int
    stamped: bool
    files: tuple[File, ...]

    def name(self) -> str:
        """The name to save it under."""
        case = f"-{self.case}" if self.case else ""
        return f"tuidan-{str(self.order_id)[:13]}{case}.zip"

    def size(self) -> int:
        """Its bytes."""
        return archive_size(self.files)

    def pieces(self) -> Iterator[bytes]:
        """Its contents. Raises StoreTrouble or ValueError where a file of evidence went away meanwhile."""
        return write_archive(self.files)


def plain_words(kind: str, kept: str) -> str:
    """The words that a bundle keeps beside an event of this kind as they were written, without their salt."""
    return words_of(kind, kept)


def _explain_nothing(_: Contents) -> Sequence[File]:
    return ()


_explain: Explain = _explain_nothing


def explain_with(explain: Explain) -> None:
    """Whose words go in front: wiring names the one that writes README.txt, index.html and verify.py."""
    global _explain
    _explain = explain


def inside_viewer() -> Viewer:
    """Who looks at the machine's own command line: the operator."""
    return Viewer(UUID(int=0), frozenset(), is_reviewer=False, is_operator=True)


def read_bundle(
    order_id: UUID, viewer: Viewer, case: int = 0, wait_seconds: float = WAIT_SECONDS
) -> Bundle | None:
    """The bundle as this person may have it; None for no such order or case, or one of others. Raises NoPolicy.

    It waits up to `wait_seconds` until the log covers the order's newest event.
    """
    order = visible_order(order_id, viewer)
    if order is None or (case and order.case(case) is None):
        return None
    links, proof, token = _sealed(order_id, wait_seconds)
    events = [read_told(link.body) for link in links]
    policy = policies.policy_by_sha256(order.policy_sha256)
    rulings = find_rulings(events, policy, policies.calendar())
    snapshot, personal = load_snapshot_bytes(order_id)
    evidence, absent = _evidence(order_id, viewer, case)
    contents = Contents(
        order_id=str(order_id),
        case=case,
        currency=order.currency,
        links=links,
        events=events,
        snapshot=snapshot,
        policy=policy,
        rulings=[ruling for ruling in rulings if ruling.case and case in (0, ruling.case)],
        seal=_seal(proof, token) if proof else None,
        words=_words(order_id, order, viewer),
        account=_account(personal),
        evidence=evidence,
        absent=absent,
    )
    files = tuple(lay_out(contents, _explain(contents), _desk()))
    return Bundle(order_id, case, len(links), proof.n if proof else 0, token is not None, files)


def _desk() -> Desk:
    """The key of receipts signs the list too: it is the platform's word for a paper, apart from the log's."""
    key, private = signing_key()
    return Desk(key.vkey(), lambda text: Note(text, (sign(text, key.name, private),)).bytes())


def _sealed(order_id: UUID, wait_seconds: float) -> tuple[list[ChainLink], OrderProof | None, Token | None]:
    """The chain with the proof that covers it, stamped where that is so already; waits for the log for a while."""
    until = time.monotonic() + wait_seconds
    while True:
        proof, links = proof_of(order_id), load_chain(order_id)
        if proof is not None and proof.n == len(links):
            break
        if time.monotonic() >= until or newest_checkpoint() is None:
            return links, proof, None
        time.sleep(LOOK_SECONDS)
    token = newest_token()
    stamped = proof_of(order_id, token.size) if token else None
    if stamped is not None and stamped.n == len(links):
        return links, stamped, token
    return links, proof, None


def _seal(proof: OrderProof, token: Token | None) -> Seal:
    """A stamped checkpoint is kept as it was stamped; the proof may carry signatures that came later."""
    signed_by = {(each.name, each.key_id) for each in read_note(proof.checkpoint).signatures}
    keys = [read_vkey(vkey) for vkey in log_keys()]
    vkey = next(key.vkey() for key in keys if (key.name, key.id) in signed_by)
    witnesses = [state for state in load_witnesses() if state.cosigned_at is not None]
    lines = [f"log {vkey}", *(f"witness {state.name} {state.vkey}" for state in witnesses)]
    quorum = "none"
    if witnesses:
        lines.append(f"group witnesses any {' '.join(state.name for state in witnesses)}")
        quorum = "witnesses"
    policy = "\n".join([*lines, f"quorum {quorum}", ""])
    text = ProofText(proof.index, proof.path, proof.checkpoint).bytes()
    return Seal(
        vkey=vkey,
        policy=policy,
        checkpoint=token.note if token else proof.checkpoint,
        entry=proof.entry,
        proof=text,
        covered=proof.n,
        token=token.token if token else b"",
        authorities=token.ca if token else b"",
    )


def _account(personal: dict[str, str]) -> str:
    """The account as confirmed, with its salt in front; "" where there is none (any more)."""
    return f"{personal['salt']}:{personal['account']}" if personal.get("account") else ""


def _words(order_id: UUID, order: Order, viewer: Viewer) -> dict[int, str]:
    """Words with their salts, for those events whose words this person may see."""
    shown = set(SHARED_WORDS)
    if viewer.is_buyer_of(order) or viewer.is_operator:
        shown |= BUYERS_WORDS
    if viewer.is_reviewer or viewer.is_operator:
        shown |= REVIEWERS_WORDS
    return {n: kept for n, kind, kept in load_kept_words(order_id) if kind in shown}


def _evidence(order_id: UUID, viewer: Viewer, case: int) -> tuple[list[File], dict[str, str]]:
    """Files that exhibits name: copies for all, originals for those who may; and why others are not here."""
    found: dict[str, File] = {}
    absent: dict[str, str] = {}
    left = EVIDENCE_BYTES_MAX
    for view in files_of(order_id, viewer):
        if not view.exhibit:
            continue
        copies = [(view.cleaned_sha256, view.cleaned_size, True)] if view.cleaned_sha256 else []
        for sha256, size, cleaned in [*copies, (view.sha256, view.size, False)]:
            if sha256 in found:
                continue
            why = _why_absent(view, case, cleaned=cleaned, fits=size <= left)
            file = None if why else _read_file(order_id, view.n, sha256, cleaned=cleaned)
            if file is None:
                absent[sha256] = why or "unavailable"
                continue
            found[sha256], left = file, left - size
            absent.pop(sha256, None)
    return list(found.values()), absent


def _why_absent(view: FileView, case: int, *, cleaned: bool, fits: bool) -> str:
    if view.state == "erased":
        return "erased"
    if (case and view.case != case) or not (cleaned or view.may_original):
        return "not_shown"
    return "" if fits else "too_large"


def _read_file(order_id: UUID, n: int, sha256: str, *, cleaned: bool) -> File | None:
    """The file, read once to the end so that nothing breaks later; None where it cannot be read."""
    try:
        file = large_file(f"evidence/{sha256}", lambda: open_file(order_id, n, cleaned=cleaned).chunks())
    except StoreTrouble:
        return None
    return file if file.sha256 == sha256 else None
