"""What turns a bad clause into a lawful sentence: exceptions for defects, warnings, promises not to use it."""

from __future__ import annotations

from dataclasses import dataclass

SAME, NEAR, BEFORE = "same", "near", "before"
BEFORE_SIGNS = 4  # between the guard's end and the hit
BEFORE_REACH = 40  # from the guard's beginning to the hit


@dataclass(frozen=True, slots=True)
class Guard:
    """A chain that excuses a hit: in its sentence, in this or a neighbouring one, or right before it."""

    where: str
    chain: str


def same(*chains: str) -> tuple[Guard, ...]:
    """Anywhere in the hit's sentence."""
    return tuple(Guard(SAME, chain) for chain in chains)


def near(*chains: str) -> tuple[Guard, ...]:
    """In the hit's sentence, the one before or the one after."""
    return tuple(Guard(NEAR, chain) for chain in chains)


def before(*chains: str) -> tuple[Guard, ...]:
    """Ending at most a few signs before the hit, with no pause between."""
    return tuple(Guard(BEFORE, chain) for chain in chains)


# Exceptions for goods that are faulty or never came: the right that no term can take away is kept.
ASSURED = near("defect 14! gives", "gives 6! (?:质量问题|无效|不符|未到账|失败)")

EVERYWHERE = (
    *same(
        "(?:条款|说法|字样|约定|规定|声明|标语|店规|告示|话术|写法)[^。]{0,8}(?:无效|违法|不合法|不作数|没有效力|没有法律|违规|不受法律|不成立|不算数)",
        "(?:提示|承诺)[^,。]{0,8}(?:无效|违法|不合法|不作数|没有效力|没有法律|违规|不受法律|不成立|不算数)",
        "(?:的|等|这种|这类|写着|看到)[^,。]{0,8}(?:店铺|卖家|商家|广告|说法|商品|店)[^,。]{0,6}(?:谨慎|当心|小心|举报|投诉|警惕|绕开|避开|别买|勿信)",
        "(?:谨防|警惕|当心|小心受骗|(?:都|就|均|多半|是|为)是?骗子|防骗|骗局|诈骗|不要相信|请勿相信|别信|勿信|受骗|上当|切勿轻信|请勿轻信)",
        "(?:若|如|如果|倘若|遇到|遇|凡|碰到|看到|发现|当)[^。]{0,6}(?:卖家|商家|店铺|对方|有人|店家)[^。]{0,40}(?:联系平台|向平台|立即举报|可举报|请举报|请投诉|可投诉|可以投诉|可以举报|不予认可|依法无效)",
        "(?:卖家|商家|平台|店铺|本店|我们|店家|任何一方|入驻商家)(?:都|均|也|一律|绝)?(?:不得|不能|不可|无权|不应|不会|绝不|不允许|严禁)(?:以|用|因|借|要求|约定|规定|设置|写|声称|诱导|强迫|强制|限制|阻止|阻碍|公开|泄露|随意|单方|擅自|对)",
        "(?:这种|这类|那种)(?:话|说法|规矩|条款)|没有[^。]{0,14}的说法",
        "没这种|我们不写|不约定|不会要您|也没关系|多半是坑|天上不会掉",
        "(?:别相信|遇到)[^。]{0,16}的(?:店|站|商家|卖家)|的(?:店|商家|号主)(?:您可以|别租|别买)|赶紧[^,。]{0,4}找平台",
        "依法(?:担责|负[^,。]{0,4}责任|承担)|不等于默认|不是就完事|不对外披露|请勿把[^,。]{0,10}发到",
        "(?:不以|不会以|不会因|绝不以|绝不因|不会用|从不以|不拿)[^,。]{0,24}(?:为由|拒绝|推脱|理由)",
    ),
    *before(
        "(?:不会|绝不|从不|并非|不是|不写|不设|不使用|不存在|不含|不搞|杜绝|严禁卖家|禁止卖家|禁止商家|取消|删除|不再写|不要求)"
    ),
)
