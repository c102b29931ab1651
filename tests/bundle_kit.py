"""A small order with a case, a little log around it, and its bundle: what the verifier's tests change and hold up."""

import hashlib
import tempfile
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from uuid import UUID

import orjson
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pure_orders import ASKER, POLICY, REVIEWER, SERVICE, SHOPKEEPER, TERMS, PureOrder, payment_of
from stamp_authority import Authority, make_authority
from tuidan.domain import commands as c
from tuidan.domain import events as e
from tuidan.domain.bundle.archive import File, small_file, write_archive
from tuidan.domain.bundle.contents import MANIFEST, SIGNED, signed_text
from tuidan.domain.bundle.layout import Contents, Desk, Seal, lay_out
from tuidan.domain.bundle.ruling import find_rulings
from tuidan.domain.evidence import GENESIS, ChainLink, canonical_bytes, chain_hash
from tuidan.domain.tlog.checkpoint import Checkpoint
from tuidan.domain.tlog.entry import Head
from tuidan.domain.tlog.note import COSIGNATURE, Note, Signature, cosigned_bytes, key_of, sign
from tuidan.domain.tlog.proof import inclusion_ranges, make_proof
from tuidan.domain.tlog.proof_text import ProofText
from tuidan.domain.tlog.tree import Node, leaf_hash, range_hash, subtree_hash
from tuidan.policies import load_calendar

HOUR = 3_600
ORIGIN, WITNESS = "tuidan.example/log", "witness.example/association"
LOG_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
WITNESS_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
VKEY = key_of(ORIGIN, LOG_KEY).vkey()
DESK, DESK_KEY = f"{ORIGIN}/receipts", Ed25519PrivateKey.from_private_bytes(bytes(range(2, 34)))
DESK_VKEY = key_of(DESK, DESK_KEY).vkey()
WITNESS_VKEY = key_of(WITNESS, WITNESS_KEY, COSIGNATURE).vkey()
ORDER_ID = UUID("0190a000-0000-7000-8000-000000000001")
SALT = "0123456789abcdef" * 2
SNAPSHOT = canonical_bytes({"title": "Coaching", "terms": "未使用可退", "price_fen": SERVICE.price_fen})
PICTURE = b"\x89PNG\r\n\x1a\n" + b"a picture of an error" * 40
LEAVES_BEFORE, LEAVES_AFTER = 41, 23


def kept(words: str) -> str:
    return SALT + words


def hash_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


SAID, SHOWN, WHY = kept("你好，教练没有来"), kept("这是录屏"), kept("只陪练了四十分钟")
ACCOUNT = f"{SALT}:player-88"


def disputed_order() -> PureOrder:
    """A coaching that was not as described: a message, an exhibit with a picture, a judgement, a part paid back."""
    bought = PureOrder()
    snapshot = hashlib.sha256(SNAPSHOT).hexdigest()
    bought.do(c.PlaceOrder(SERVICE, 1, True, True, hash_of(ACCOUNT), POLICY.sha256, snapshot))
    bought.do(c.StartPayment("alipay"))
    bought.do(payment_of(1, bought.order().price_fen()))
    bought.do(c.DeliverBySeller(1, ""), HOUR, SHOPKEEPER)
    bought.do(c.SendMessage(hash_of(SAID)), HOUR + 60, ASKER)
    bought.do(c.RequestRefund(1, "not_as_described", 0, hash_of(WHY)), 2 * HOUR, ASKER)
    picture = hashlib.sha256(PICTURE).hexdigest()
    exhibit = c.FileExhibit(1, "progress_screenshot", True, True, True, hash_of(SHOWN), files=(picture,))
    bought.do(exhibit, 2 * HOUR + 60, ASKER)
    bought.do(c.SubmitEvidence(1), 3 * HOUR, ASKER)
    bought.do(c.CallPlatform(1), 4 * HOUR, ASKER)
    bought.do(c.DecideCase(1, True, 2_000, ("goodwill",), bought.version), 5 * HOUR, REVIEWER)
    (sent,) = bought.do(c.MarkRefundSent(1), 5 * HOUR + 1)
    attempt = sent.attempt  # type: ignore[attr-defined]
    bought.do(c.RecordRefund(1, attempt, "succeeded", 2_000, "R-1"), 5 * HOUR + 2)
    return bought


def links_of(bought: PureOrder, order_id: UUID = ORDER_ID) -> list[ChainLink]:
    """The order's events as they would be stored."""
    links: list[ChainLink] = []
    for event, n, moment in bought.history:
        head = {
            "actor": {"kind": "buyer", "id": TERMS.buyer_id},
            "at": moment.isoformat(),
            "order": str(order_id),
        }
        body = canonical_bytes({**head, "kind": e.kind_of(event), "n": n, "data": e.event_data(event)})
        before = links[-1].hash if links else GENESIS
        links.append(ChainLink(n, before, body, chain_hash(before, body)))
    return links


def words_of(links: list[ChainLink]) -> dict[int, str]:
    """The words of the events of this order, by the hash that each event holds."""
    by_hash = {hash_of(one): one for one in (SAID, SHOWN, WHY)}
    told = {link.n: orjson.loads(link.body)["data"].get("text_sha256", "") for link in links}
    return {n: by_hash[found] for n, found in told.items() if found in by_hash}


def signed_checkpoint(size: int, root: bytes, *, witnessed: bool = True) -> bytes:
    text = Checkpoint(ORIGIN, size, root).text()
    signatures = [sign(text, ORIGIN, LOG_KEY)]
    if witnessed:
        seconds = 1_795_500_000
        blob = seconds.to_bytes(8, "big") + WITNESS_KEY.sign(cosigned_bytes(text, seconds))
        signatures.append(Signature(WITNESS, key_of(WITNESS, WITNESS_KEY, COSIGNATURE).id, blob))
    return Note(text, tuple(signatures)).bytes()


def seal_of(head: ChainLink, order_id: UUID = ORDER_ID, *, stamped: bool = True) -> Seal:
    """A log of other people's leaves around the order's head, signed, witnessed and stamped."""
    others = [Head(UUID(int=n), n + 1, bytes([n]) * 32).entry() for n in range(LEAVES_BEFORE + LEAVES_AFTER)]
    entry = Head(order_id, head.n, head.hash).entry()
    entries = [*others[:LEAVES_BEFORE], entry, *others[LEAVES_BEFORE:]]
    hashes = [leaf_hash(one) for one in entries]

    def read(node: Node) -> bytes:
        return subtree_hash(hashes[node.index << node.level : (node.index + 1) << node.level])

    checkpoint = signed_checkpoint(len(entries), range_hash(0, len(entries), read))
    path = make_proof(inclusion_ranges(LEAVES_BEFORE, len(entries)), read)
    proof = ProofText(LEAVES_BEFORE, tuple(path), checkpoint).bytes()
    policy = f"log {VKEY}\nwitness association {WITNESS_VKEY}\nquorum association\n"
    token, authorities = stamp(checkpoint) if stamped else (b"", b"")
    return Seal(VKEY, policy, checkpoint, entry, proof, head.n, token, authorities)


@cache
def authority() -> Authority:
    """One authority for all tests of a process."""
    folder = Path(tempfile.mkdtemp(prefix="tsa-"))
    return make_authority(folder)


@cache
def stamp(data: bytes) -> tuple[bytes, bytes]:
    """A token over these bytes, and the authority's root."""
    return authority().stamp(data), authority().root()


def desk_signed(text: str) -> bytes:
    return Note(text, (sign(text, DESK, DESK_KEY),)).bytes()


@dataclass
class Made:
    """A bundle taken apart: its files by name, in order. `packed` puts them together again."""

    files: dict[str, bytes] = field(default_factory=dict)

    def packed(self) -> bytes:
        return b"".join(write_archive([small_file(name, data) for name, data in self.files.items()]))

    def listed(self, *, signed: bool = True) -> "Made":
        """The same with its list made anew, and signed again as only the platform can."""
        manifest = orjson.loads(self.files[MANIFEST])
        manifest["files"] = {
            name: {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
            for name, data in self.files.items()
            if name not in (MANIFEST, SIGNED)
        }
        data = canonical_bytes(manifest)
        found = Made({**self.files, MANIFEST: data})
        if signed:
            text = signed_text(manifest["order"], manifest["case"], small_file(MANIFEST, data))
            found.files[SIGNED] = desk_signed(text)
        return found

    def changed(self, name: str, data: bytes) -> "Made":
        return Made({**self.files, name: data})

    def without(self, name: str) -> "Made":
        return Made({other: data for other, data in self.files.items() if other != name})

    def edited(self, name: str, old: bytes, new: bytes) -> "Made":
        assert old in self.files[name], (name, old)
        return self.changed(name, self.files[name].replace(old, new, 1))


def contents_of(bought: PureOrder, *, stamped: bool = True, covered: int = 0) -> Contents:
    links = links_of(bought)
    events = [(n, event, moment) for event, n, moment in bought.history]
    picture = hashlib.sha256(PICTURE).hexdigest()
    return Contents(
        order_id=str(ORDER_ID),
        case=1,
        currency="CNY",
        links=links,
        events=events,
        snapshot=SNAPSHOT,
        policy=POLICY,
        rulings=find_rulings(events, POLICY, load_calendar()),
        seal=seal_of(links[(covered or len(links)) - 1], stamped=stamped),
        words=words_of(links),
        account=ACCOUNT,
        evidence=[small_file(f"evidence/{picture}", PICTURE)],
    )


def files_of(contents: Contents) -> Made:
    pages = [small_file("README.txt", "怎么核对\n".encode()), small_file("index.html", b"<!doctype html>\n")]
    laid: list[File] = lay_out(contents, pages, Desk(DESK_VKEY, desk_signed))
    return Made({file.name: b"".join(file.pieces()) for file in laid})


@cache
def sound() -> Made:
    """The bundle of the disputed order, whole and right; changed only by copies."""
    return files_of(contents_of(disputed_order()))
