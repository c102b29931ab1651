"""docs/states.md: each transition table of the domain as a picture and a list."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tuidan.domain.channel_dispute import CHANNEL_DISPUTE_TABLE
from tuidan.domain.delivery import UNIT_TABLE
from tuidan.domain.dispute import CASE_TABLE
from tuidan.domain.dispute.offer import OFFER_TABLE
from tuidan.domain.membership import PLAN_TABLE
from tuidan.domain.order import ORDER_TABLE
from tuidan.domain.payment import PAYMENT_TABLE
from tuidan.domain.payout import PAYOUT_TABLE
from tuidan.domain.policy.life import LIFE_TABLE
from tuidan.domain.refund import REFUND_TABLE
from tuidan.domain.renewal import RENEWAL_TABLE
from tuidan.domain.service import CLOCK_TABLE, MILESTONE_TABLE
from tuidan.domain.stock import TRANSITIONS
from tuidan.domain.talk import CONTACT_TABLE
from tuidan.domain.upload.state import TRANSITIONS as FILE_TABLE
from tuidan.web.shared.words import WORDS


@dataclass(frozen=True, slots=True)
class Noun:
    """One noun with states: where its table is, the state it begins in, the key of its words."""

    title: str
    file: str
    begins: str
    words: str
    table: Mapping[tuple[str, str], str]


NOUNS = (
    Noun("订单 order", "domain/order.py", "awaiting_payment", "state.order", ORDER_TABLE),
    Noun("一件 unit", "domain/delivery.py", "waiting", "state.unit", UNIT_TABLE),
    Noun("一次付款 payment", "domain/payment.py", "started", "", PAYMENT_TABLE),
    Noun("服务的一步 milestone", "domain/service.py", "open", "state.milestone", MILESTONE_TABLE),
    Noun("按时间计的服务 clock", "domain/service.py", "off", "", CLOCK_TABLE),
    Noun("一份会员 plan", "domain/membership.py", "sold", "", PLAN_TABLE),
    Noun("续费 renewal", "domain/renewal.py", "asked", "", RENEWAL_TABLE),
    Noun("一笔退款 refund", "domain/refund.py", "decided", "state.refund", REFUND_TABLE),
    Noun("一笔银行付款 payout", "domain/payout.py", "new", "", PAYOUT_TABLE),
    Noun("一个申请 case", "domain/dispute/case.py", "new", "state.case", CASE_TABLE),
    Noun("一个和解方案 offer", "domain/dispute/offer.py", "new", "state.offer", OFFER_TABLE),
    Noun(
        "一次渠道争议 channel dispute",
        "domain/channel_dispute.py",
        "new",
        "state.channel_dispute",
        CHANNEL_DISPUTE_TABLE,
    ),
    Noun("问卖家 contact", "domain/talk.py", "not_contacted", "", CONTACT_TABLE),
    Noun("一版规则 policy", "domain/policy/life.py", "draft", "state.policy", LIFE_TABLE),
    Noun("一张卡密 code", "domain/stock.py", "free", "", TRANSITIONS),
    Noun("一个证据文件 file", "domain/upload/state.py", "uploading", "file.state", FILE_TABLE),
)


def steps_of(noun: Noun) -> list[tuple[str, str, str]]:
    """(state, event, next state) in the order of the table; the rows for "any state" are left out."""
    return [(str(state), str(event), str(to)) for (state, event), to in noun.table.items() if state]


def states_of(noun: Noun) -> list[str]:
    """All states, in the order in which the table comes to them."""
    passed = (each for state, _, to in steps_of(noun) for each in (state, to))
    return list(dict.fromkeys([noun.begins, *passed]))


def states() -> Iterator[str]:
    """One section a noun."""
    for noun in NOUNS:
        yield f"\n## {noun.title}\n\n`{noun.file}`\n\n"
        yield from _picture(noun)
        yield from _list(noun)


def _picture(noun: Noun) -> Iterator[str]:
    labels: dict[tuple[str, str], list[str]] = {}
    for state, event, to in steps_of(noun):
        if state != to:
            labels.setdefault((state, to), []).append(event)
    yield f"```mermaid\nstateDiagram-v2\n    [*] --> {noun.begins}\n"
    for (state, to), events in labels.items():
        yield f"    {state} --> {to}: {', '.join(events)}\n"
    yield "```\n\n"


def _list(noun: Noun) -> Iterator[str]:
    yield "| 状态 state | 页面上 on the page | 之后 then | 不变 stays on |\n|---|---|---|---|\n"
    for state in states_of(noun):
        moves = [f"`{event}` → `{to}`" for at, event, to in steps_of(noun) if at == state and to != state]
        stays = [f"`{event}`" for at, event, to in steps_of(noun) if at == to == state]
        said = " · ".join(WORDS.get(f"{noun.words}.{state}", ()))
        yield f"| `{state}` | {said or '–'} | {'<br>'.join(moves) or '–'} | {', '.join(stays) or '–'} |\n"
