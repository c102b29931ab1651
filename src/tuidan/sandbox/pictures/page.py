"""The pages of apps that buyers photograph, as rows of words: what they say, and which of it proves what."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tuidan.domain.calendar import CHINA
from tuidan.sandbox.pictures.subject import Subject

BESIDE_SHARE = 0.6
TIME_FORMS = (
    "{0:%Y-%m-%d %H:%M:%S}",
    "{0:%Y/%m/%d %H:%M}",
    "{0:%Y年%m月%d日 %H:%M}",
    "{0:%Y.%m.%d %H:%M:%S}",
    "{0.month}月{0.day}日 {0:%H:%M}",
    "{0:%m-%d %H:%M}",
    "{0:%Y-%m-%dT%H:%M:%S}+08:00",
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row: `kind` is title, big, pair, note, bubble, mine, box, button or dialog. `shows` names an element."""

    kind: str
    text: str
    value: str = ""
    shows: str = ""


@dataclass(slots=True)
class Page:
    """A page with its truth: the state that each element should come out as, were all of it readable."""

    kind: str
    app: str
    rows: list[Row]
    truth: dict[str, str] = field(default_factory=dict)
    clock: str = "09:41"


def yuan(fen: int, rng: random.Random) -> str:
    """An amount in one of its spellings."""
    plain = f"{fen / 100:.2f}"
    short = plain.removesuffix(".00")
    return rng.choice((f"¥{plain}", f"￥{plain}", f"{plain}元", f"{short}元", f"¥ {plain}"))


def written(moment: datetime, rng: random.Random) -> str:
    """A time in one of its spellings, in Beijing's time."""
    return rng.choice(TIME_FORMS).format(moment.astimezone(CHINA))


def beside(rng: random.Random) -> Row:
    """What stands on such pages as well and proves nothing: offers, help, hotlines."""
    return Row(
        "note",
        rng.choice(
            (
                "充100元返5元，活动截止 2031-12-31 23:59",
                "若充值失败，款项将在24小时内原路退回",
                "客服热线 400-820-1234 工作日 09:00-18:00",
                "如提示已被激活，请联系卖家",
                "版本 8.12.30 备案号 沪ICP备20260001号",
                "温馨提示：谨防诈骗，切勿向他人转账",
            )
        ),
    )


def _page(kind: str, app: str, rows: list[Row], at: datetime, rng: random.Random) -> Page:
    if rng.random() < BESIDE_SHARE:
        rows.append(beside(rng))
    truth = dict.fromkeys(("order_no", "time", "key_info"), "missing")
    for row in rows:
        if row.shows:
            truth[row.shows] = "found"
    return Page(kind, app, rows, truth, f"{at.astimezone(CHINA):%H:%M}")


def recharge_failed(s: Subject, rng: random.Random) -> Page:
    said = rng.choice(("充值失败", "缴费失败", "充值未成功", "订单失败"))
    rows = [
        Row("big", said, shows="key_info"),
        Row(
            "note",
            rng.choice(("号码状态异常，款项将原路退回", "运营商系统繁忙，请稍后再试", "供应商处理超时")),
        ),
        Row("pair", "充值号码", s.masked_account),
        Row("pair", "充值金额", yuan(s.face_fen, rng)),
        Row("pair", "实付金额", yuan(s.paid_fen, rng)),
        Row("pair", rng.choice(("订单号", "订单编号", "商户订单号")), s.top_up_reference, "order_no"),
        Row("pair", rng.choice(("下单时间", "创建时间", "交易时间")), written(s.failed_at, rng), "time"),
        Row("button", "再次充值"),
    ]
    return _page("recharge_failed", "充值详情", rows, s.failed_at, rng)


def order_detail(s: Subject, rng: random.Random) -> Page:
    rows = [
        Row("big", rng.choice(("待收货", "已发货", "处理中"))),
        Row("pair", s.goods, "x1"),
        Row("pair", "实付款", yuan(s.paid_fen, rng), "key_info"),
        Row("pair", "充值账号", s.masked_account, "key_info"),
        Row("pair", "订单编号", str(s.order_id), "order_no"),
        Row("pair", "付款时间", written(s.placed_at + timedelta(seconds=30), rng), "time"),
        Row("note", "虚拟商品一经发货请及时核对，如充值失败请联系客服处理"),
        Row("button", "申请退款"),
    ]
    return _page("order_detail", "订单详情", rows, s.failed_at, rng)


def code_prompt(s: Subject, rng: random.Random) -> Page:
    said = rng.choice(
        ("该卡密已被激活", "此兑换码已被使用", "卡密错误，请核对后重新输入", "兑换码无效", "该充值码已使用")
    )
    rows = [
        Row("note", f"{s.goods}兑换"),
        Row("box", "卡密", f"****-****-****-{s.tail}", "key_info"),
        Row("dialog", said, shows="key_info"),
        Row("pair", "操作时间", written(s.failed_at, rng), "time"),
        Row("pair", "订单号", s.reference, "order_no"),
        Row("button", "重新输入"),
    ]
    return _page("code_prompt", "兑换中心", rows, s.failed_at, rng)


def chat(s: Subject, rng: random.Random) -> Page:
    rows = [
        Row("centre", written(s.failed_at, rng), shows="time"),
        Row("mine", f"你好，订单号{s.reference}", shows="order_no"),
        Row(
            "mine",
            f"买的{s.goods}{yuan(s.face_fen, rng)}，{rng.choice(('提示充值失败', '一直没到账', '提示已被激活'))}",
            shows="key_info",
        ),
        Row("bubble", "亲，稍等，帮您看一下"),
        Row("bubble", "这边显示发货成功了哦"),
        Row("mine", "麻烦处理退款"),
    ]
    return _page("chat", "在线客服", rows, s.failed_at, rng)


def balance(s: Subject, rng: random.Random) -> Page:
    rows = [
        Row("note", "当前余额"),
        Row("big", f"¥{s.arrived_fen / 100:.2f}", shows="key_info"),
        Row("pair", "账号", s.masked_account),
        Row("pair", "本次到账", yuan(s.arrived_fen, rng), "key_info"),
        Row("pair", "到账时间", written(s.failed_at, rng), "time"),
        Row("pair", "流水号", s.top_up_reference, "order_no"),
    ]
    return _page("balance", "我的钱包", rows, s.failed_at, rng)


def bill(s: Subject, rng: random.Random) -> Page:
    rows = [
        Row("note", "退单 Tuidan"),
        Row("big", f"-{s.paid_fen / 100:.2f}", shows="key_info"),
        Row("note", "交易成功"),
        Row("pair", "支付时间", written(s.placed_at + timedelta(seconds=40), rng), "time"),
        Row("pair", "付款方式", "余额宝"),
        Row("pair", "商品说明", s.goods),
        Row("pair", "交易号", s.trade_no, "order_no"),
        Row("pair", "商户订单号", s.reference, "order_no"),
    ]
    return _page("bill", "账单详情", rows, s.failed_at, rng)


PAGES = (recharge_failed, order_detail, code_prompt, chat, balance, bill)
