"""A small believable shop: people, two shops, and goods of every kind. All names are invented."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

from tuidan.commands.fund import set_limit
from tuidan.commands.people import give_api_key
from tuidan.commands.stock import import_stock
from tuidan.store import catalog, people, policies

PASSWORD = "tuidan-demo"  # noqa: S105 - the demo prints it for everybody
NO_RETURN = "虚拟商品,售出后非质量问题不退不换"


@dataclass(slots=True)
class Cast:
    """Who and what the demo and the stories play with; listings by a short name, codes as imported."""

    people: dict[str, people.PersonRecord] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    listings: dict[str, UUID] = field(default_factory=dict)
    codes: dict[str, list[str]] = field(default_factory=dict)


ROLES: dict[str, tuple[str, dict[str, object]]] = {
    "buyer": ("林小雨", {}),
    "friend": ("周舟", {}),
    "seller": ("星河点卡·阿泽", {}),
    "clerk": ("退单自营·客服", {}),
    "reviewer": ("审核员 沈乔", {"is_reviewer": True}),
    "operator": ("运营 顾明", {"is_operator": True}),
    "senior": ("复核员 陆川", {"is_reviewer": True}),
    "appraiser": ("鉴定人 白苏", {"is_appraiser": True}),
}
# The rules of the small world are older than any order in it, however far its clock is set back.
POLICY_SINCE = datetime(2026, 1, 1, tzinfo=UTC)
LISTINGS: dict[str, tuple[str, dict[str, object]]] = {
    "card": (
        "own",
        {
            "title": "网易一卡通 30 元卡密",
            "title_en": "NetEase game card, CNY 30 code",
            "spec": "面值 30 元 · 自动发货",
            "description": "付款后几秒内发货。卡密默认遮住,点“显示”之前都可以秒退。",
            "goods_kind": "card_code",
            "price_fen": 2940,
            "face_fen": 3000,
            "stock_kind": "unique",
            "issuer": "cardbook",
            "account_label": "打算充到的游戏账号(选填)",
            "no_reason_excluded": True,
        },
    ),
    "coupon": (
        "galaxy",
        {
            "title": "星海游戏点券 100 点卡密",
            "title_en": "Starsea game points, 100 points code",
            "spec": "100 点 · 国服",
            "description": "第三方卖家自动发货,卡密由发行方核验。",
            "goods_kind": "card_code",
            "price_fen": 9750,
            "face_fen": 10000,
            "stock_kind": "unique",
            "issuer": "cardbook",
            "account_label": "打算充到的游戏账号(选填)",
            "terms": NO_RETURN,
            "no_reason_excluded": True,
        },
    ),
    "phone": (
        "own",
        {
            "title": "移动话费 50 元快充",
            "title_en": "Mobile credit, CNY 50, fast",
            "spec": "50 元 · 10 分钟内到账",
            "description": "直接充到手机号,不是卡密。失败自动退款,少到按比例退。",
            "goods_kind": "top_up",
            "price_fen": 4950,
            "face_fen": 5000,
            "supplier": "goofish",
            "supplier_goods_no": "PHONE50",
            "issuer": "cardbook",
            "account_label": "手机号",
            "account_pattern": r"1[3-9]\d{9}",
        },
    ),
    "member": (
        "galaxy",
        {
            "title": "云听音乐会员 月卡",
            "title_en": "Yunting Music membership, one month",
            "spec": "31 天 · 卖家人工开通",
            "description": "卖家在 24 小时内为您的账号开通。",
            "goods_kind": "membership",
            "delivery_mode": "manual",
            "price_fen": 1500,
            "duration_days": 31,
            "plan_months": 1,
            "renewable": True,
            "promised_seconds": 24 * 3600,
            "account_label": "会员账号",
        },
    ),
    "season": (
        "galaxy",
        {
            "title": "云听音乐会员 季卡",
            "title_en": "Yunting Music membership, three months",
            "spec": "92 天 · 卖家人工开通",
            "description": "一次开满三个月。少开的月数按比例自动退。",
            "goods_kind": "membership",
            "delivery_mode": "manual",
            "price_fen": 4200,
            "duration_days": 92,
            "plan_months": 3,
            "renewable": True,
            "promised_seconds": 24 * 3600,
            "account_label": "会员账号",
        },
    ),
    "design": (
        "galaxy",
        {
            "title": "头像定制 一对一手绘",
            "title_en": "Portrait made to order, drawn by hand",
            "spec": "草图、线稿、上色 · 逐步验收",
            "description": "分三步做，每一步您认可了才算。中途不做了，付认可的部分，其余原路退。",
            "goods_kind": "service",
            "delivery_mode": "manual",
            "price_fen": 30000,
            "promised_seconds": 5 * 24 * 3600,
            "service": {
                "type": "custom_design",
                "milestones": [
                    {"name": "草图", "name_en": "Sketch", "share": 3000},
                    {"name": "线稿", "name_en": "Line drawing", "share": 3000},
                    {"name": "上色成稿", "name_en": "Final in colour", "share": 4000},
                ],
                "efficiency_deposit_fen": 3000,
            },
        },
    ),
    "coaching": (
        "galaxy",
        {
            "title": "棋类陪练 2 小时",
            "title_en": "Board game coaching, two hours",
            "spec": "2 小时 · 约定时间后开始",
            "description": "按进度结算:没开始全额退,做了多少付多少。",
            "goods_kind": "service",
            "delivery_mode": "manual",
            "price_fen": 12000,
            "promised_seconds": 72 * 3600,
            "service": {"type": "coaching", "hours": 2},
        },
    ),
    "lesson": (
        "galaxy",
        {
            "title": "剪辑教程 下载口令",
            "title_en": "Video editing course, download phrase",
            "spec": "同一口令多人使用",
            "description": "口令是共享的,不是一人一码。",
            "goods_kind": "card_code",
            "price_fen": 990,
            "stock_kind": "shared",
            "settlement": "instant_settlement",
        },
    ),
}

# What the platform lays out for buyers at most, in all and for one order (S-127).
FUND_FEN = 100_000_000
FUND_ORDER_FEN_MAX = 50_000


def stage_goods(now: datetime, tag: str, codes_each: int = 30) -> Cast:
    """Make people, shops, listings and stock; `tag` keeps the addresses of several worlds apart."""
    policies.publish_standard(min(now, POLICY_SINCE))
    cast = Cast()
    for role, (name, fields) in ROLES.items():
        email = f"{role}{tag}@tuidan.example"
        person = people.create_person(email, PASSWORD, name, now, **fields)
        cast.people[role] = person
        cast.keys[role] = give_api_key(person.id, "demo", now)
    # The first world sets the fund up; another one in the same database finds the limit set.
    set_limit(FUND_FEN, FUND_ORDER_FEN_MAX, "demo", cast.people["operator"].id, "the demo's first limit", now)
    shops = {
        "own": catalog.create_shop("退单自营", "self_operated", [cast.people["clerk"].id], now),
        "galaxy": catalog.create_shop("星河点卡", "third_party", [cast.people["seller"].id], now),
    }
    for name, (shop, fields) in LISTINGS.items():
        cast.listings[name] = catalog.create_listing(shops[shop], now, **fields)
    for name in ("card", "coupon"):
        cast.codes[name] = stock_codes(cast.listings[name], f"{name[:2].upper()}{tag}", codes_each, now)
    import_stock(cast.listings["lesson"], "LESSON-OPEN-2026", None, now)
    return cast


def stock_codes(listing: UUID, prefix: str, count: int, now: datetime) -> list[str]:
    """Put `count` fresh codes into a listing's stock and give them as imported."""
    letters = "".join(char for char in prefix.upper() if char.isalnum())
    codes = [f"{letters}-{n:06d}-{(n * 7919 + 104729) % 1_000_000:06d}" for n in range(1, count + 1)]
    import_stock(listing, "\n".join(codes), None, now)
    return codes
