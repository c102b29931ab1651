"""Words of the terms linter: each clause's name, why, and what to write instead; the page /terms; the marks on void terms."""

WORDS: dict[str, tuple[str, str]] = {
    "terms.title": ("条款体检", "Check your terms"),
    "terms.lead": (
        "把商品说明、店铺公告或自动回复贴进来，看看哪些话无效、哪些有风险、可以改成什么。不保存您的文字。",
        "Paste a listing, a shop notice or an auto-reply and see which sentences are void or risky, and what to write instead. Your text is not kept.",
    ),
    "terms.field": ("要检查的文字", "Text to check"),
    "terms.check": ("检查", "Check"),
    "terms.too_long": (
        "文字太长，请分段检查，每次最多 {n} 个字。",
        "The text is too long. Check it in parts of at most {n} characters.",
    ),
    "terms.empty": ("请先贴入文字。", "Please paste a text first."),
    "terms.none": ("没有发现无效或有风险的条款。", "No void or risky clause was found."),
    "terms.found": ("发现 {n} 处，其中无效 {void} 处", "{n} found, {void} of them void"),
    "terms.level.V": ("无效", "Void"),
    "terms.level.R": ("有风险", "Risky"),
    "terms.likely": ("写法相近，请核对", "Worded much like it; please check"),
    "terms.level.V.says": (
        "法律或司法解释规定这样的话无效，写了也不能拿来拒绝退款。",
        "By law or judicial interpretation such wording is void; it can never carry a refusal.",
    ),
    "terms.level.R.says": (
        "是否有效取决于金额、提示方式和事实，建议改写。",
        "Whether it holds depends on amount, notice and facts; better rewrite it.",
    ),
    "terms.words": ("原文", "Words"),
    "terms.basis": ("依据", "Basis"),
    "terms.rewrite": ("可以改成", "Write instead"),
    "terms.all": ("全部三十二条", "All thirty-two clauses"),
    "terms.of_page": ("检查页面设置，不看文字", "Checked on the page's settings, not on wording"),
    "terms.depends": ("视事实而定", "Depends on facts"),
    "terms.link": ("检查商品或店铺的条款", "Check a listing's or shop's terms"),
    "terms.not_legal_advice": ("机器判断，供参考，不是法律意见。", "Found by a program. Not legal advice."),
    "terms.never_bars": (
        "卖家写的不影响您在商品有问题时退款。",
        "What the seller writes never bars a refund for faulty goods.",
    ),
    "terms.void_mark": ("该条款无效，不影响您退款", "This term is void and does not affect your refund"),
    "terms.seller_told": (
        "已保存。以下内容会在商品页标出：无效的划掉并告诉买家不影响退款。",
        "Saved. The following is marked on the listing: void terms are struck out and buyers are told that their refund is not affected.",
    ),
    "terms.fault.not_confirmed": (
        "不支持七天无理由，却没有请买家单独确认。",
        "Seven-day returns are excluded without the buyer's own confirmation.",
    ),
    "terms.fault.confirmation_preticked": ("确认框是预先勾选的。", "The confirmation is ticked beforehand."),
    "terms.fault.not_each_order": ("没有每单单独确认。", "It is not confirmed for each order."),
    "terms.fault.extra_preticked": ("加购项目是预先勾选的。", "An extra is ticked beforehand."),
    "terms.fault.renewal_not_told": ("续费前没有提前提醒。", "A renewal is not announced beforehand."),
    "terms.C01.title": ("一经售出概不退换", "No refunds or exchanges once sold"),
    "terms.C01.rewrite": (
        "无质量问题不支持无理由退换；卡密无效、面值不符、未到账的，全额退款。",
        "No returns without a reason; a full refund where the code is invalid, the value is wrong or nothing arrived.",
    ),
    "terms.C02.title": ("虚拟商品非质量问题不退不换", "Virtual goods: no returns unless faulty"),
    "terms.C02.rewrite": (
        "虚拟商品下单时经您单独确认，不支持无理由退款，质量问题除外。",
        "Virtual goods: no returns without a reason, as you confirm for this order; faults excepted.",
    ),
    "terms.C03.title": (
        "不支持七天无理由，但没有单独确认",
        "Seven-day returns excluded without a separate confirmation",
    ),
    "terms.C03.rewrite": (
        "每次购买由买家自己勾选确认，不预先勾选。",
        "Let the buyer tick it for every purchase; never tick it beforehand.",
    ),
    "terms.C04.title": (
        "查看、签收或确认收货即视为认可质量",
        "Opening or receiving counts as accepting the quality",
    ),
    "terms.C04.rewrite": (
        "查看后不再适用无理由退款，质量问题仍可申请。",
        "After viewing, returns without a reason end; faults can still be claimed.",
    ),
    "terms.C05.title": ("最终解释权", "Sole right of interpretation"),
    "terms.C05.rewrite": (
        "删除。有歧义时按有利于买家的意思理解。",
        "Delete it. Doubts are read in the buyer's favour.",
    ),
    "terms.C06.title": ("不得投诉、举报、起诉", "No complaints, reports or lawsuits"),
    "terms.C06.rewrite": (
        "删除。可以写：有问题请先联系我们，您也可以随时向平台或 12315 投诉。",
        "Delete it. You may write: please contact us first; you can complain to the platform or the authorities at any time.",
    ),
    "terms.C07.title": ("平台不承担任何责任", "The platform bears no responsibility"),
    "terms.C07.rewrite": (
        "写明平台在哪些情况下赔付，例如卖家无法联系时由平台先行赔付。",
        "Say in which cases the platform pays, for example when the seller cannot be reached.",
    ),
    "terms.C08.title": ("发货后概不负责", "No responsibility after delivery"),
    "terms.C08.rewrite": (
        "发货后 7 天内卡密无效的，包退。",
        "Invalid codes are refunded within 7 days of delivery.",
    ),
    "terms.C09.title": ("充错账号一律不退", "No refund for a wrong account"),
    "terms.C09.rewrite": (
        "因您填写错误且已到账的无法撤回；未提交的可以拦截退款；我们充错的全额退。",
        "A top-up to the account you entered cannot be undone once credited; before that we stop and refund it; our own mistakes are refunded in full.",
    ),
    "terms.C10.title": ("没有录屏就不售后", "No help without a screen recording"),
    "terms.C10.rewrite": (
        "建议录屏，处理更快；平台日志能证明的无需提交。",
        "A recording speeds things up; it is not needed where the platform's log shows the fact.",
    ),
    "terms.C11.title": ("售后只有几小时，过期不管", "After-sales for a few hours only"),
    "terms.C11.rewrite": (
        "无理由退款时限和质量问题时限分开写；质量问题不受短时限限制。",
        "State the time for returns without a reason apart from that for faults; faults are not cut by a short time.",
    ),
    "terms.C12.title": ("退款收手续费或违约金", "A fee or penalty for refunds"),
    "terms.C12.rewrite": (
        "只收实际发生的成本，付款前显示金额；商品有问题时不收。",
        "Charge real cost only and show it before payment; nothing where the goods are faulty.",
    ),
    "terms.C13.title": ("退款只退余额或只换货", "Refunds only as credit or exchange"),
    "terms.C13.rewrite": (
        "默认原路退回；买家自己选择时可退到余额。",
        "Money goes back the way it was paid; to credit only where the buyer chooses so.",
    ),
    "terms.C14.title": ("平台外付款或退款", "Paying or refunding outside the platform"),
    "terms.C14.rewrite": ("付款和退款都只在平台内进行。", "Payment and refund happen on the platform only."),
    "terms.C15.title": ("好评返现、差评取消质保", "Rewards for praise, penalties for criticism"),
    "terms.C15.rewrite": (
        "删除。可以写：欢迎如实评价。",
        "Delete it. You may write: honest reviews are welcome.",
    ),
    "terms.C16.title": ("付款后合同不成立", "No contract although paid"),
    "terms.C16.rewrite": (
        "删除。付款成功合同即成立；无法发货时全额退款。",
        "Delete it. Payment makes the contract; what cannot be delivered is refunded in full.",
    ),
    "terms.C17.title": (
        "随时修改规则或价格，不另通知",
        "Changing rules or prices at any time without notice",
    ),
    "terms.C17.rewrite": (
        "规则调整提前 7 天公示，影响大的提前 15 天；已下单的按原规则。",
        "Changes are announced 7 days ahead, large ones 15; orders already placed keep their rules.",
    ),
    "terms.C18.title": ("封号、掉会员与本店无关", "Bans and lost memberships are not our business"),
    "terms.C18.rewrite": (
        "因我们的渠道导致封号或掉会员的，按剩余天数或全额退款。",
        "Where our channel caused it, we refund by the days left or in full.",
    ),
    "terms.C19.title": (
        "永久、官方、百分之百等没有依据的说法",
        "Permanent, official, guaranteed: claims without a basis",
    ),
    "terms.C19.rewrite": (
        "写明具体期限和来源，例如：有效期 365 天，由某某渠道充值。",
        "State the term and the source, for example: valid for 365 days, supplied by a named channel.",
    ),
    "terms.C20.title": (
        "未成年人充值概不退款、下单视为成年",
        "No refunds for minors; ordering counts as being of age",
    ),
    "terms.C20.rewrite": (
        "未成年人请由监护人购买；未经同意的，监护人可申请退款。",
        "Minors buy through a guardian; a guardian can ask for a refund of what was bought without consent.",
    ),
    "terms.C21.title": ("余额到期清零", "Balance lost on expiry"),
    "terms.C21.rewrite": (
        "到期前提醒；到期后余额可申请延期或继续使用。",
        "We remind you before expiry; the balance can be extended or used on.",
    ),
    "terms.C22.title": ("充值、余额不退", "Top-ups and balance never refunded"),
    "terms.C22.rewrite": (
        "未使用的部分可以退，原路返回。",
        "The unused part is refundable the way it was paid.",
    ),
    "terms.C23.title": ("只能在卖家所在地或境外解决争议", "Disputes only at the seller's place or abroad"),
    "terms.C23.rewrite": (
        "争议可协商、投诉，或依法向有管辖权的法院起诉。",
        "Disputes may be settled, complained of, or taken to a court that is competent by law.",
    ),
    "terms.C24.title": ("不开发票、要票加价", "No invoice, or only at a higher price"),
    "terms.C24.rewrite": ("可开具电子发票，不另加价。", "Electronic invoices at no extra price."),
    "terms.C25.title": ("超时视为放弃", "Silence counts as giving up"),
    "terms.C25.rewrite": (
        "超时未补充的，本次申请关闭；您仍可重新申请或申诉。",
        "Without an answer in time this request closes; you can ask again or appeal.",
    ),
    "terms.C26.title": ("不承诺发货或到账时间", "No promise of a delivery time"),
    "terms.C26.rewrite": (
        "写明小时数，例如：24 小时内到账，超时可全额退款。",
        "State hours, for example: within 24 hours, otherwise a full refund.",
    ),
    "terms.C27.title": ("图片描述仅供参考", "Pictures and descriptions for reference only"),
    "terms.C27.rewrite": (
        "删除，或只限于颜色等显示差异；规格以页面写明的为准。",
        "Delete it, or limit it to colours and the like; the stated specification holds.",
    ),
    "terms.C28.title": ("系统判定最终，不接受申诉", "The system's decision is final"),
    "terms.C28.rewrite": (
        "对结果不服，可在 7 天内申诉，并可要求人工复核。",
        "You can appeal within 7 days and ask for a person to look at it.",
    ),
    "terms.C29.title": ("泄露、被盗概不负责", "No responsibility for leaks and theft"),
    "terms.C29.rewrite": (
        "因我们的原因泄露的，由我们赔偿；请您也妥善保管卡密。",
        "Leaks on our side are made good by us; please keep your codes safe, too.",
    ),
    "terms.C30.title": ("押金、保证金不退", "Deposits are not returned"),
    "terms.C30.rewrite": (
        "归还并确认后 24 小时内退还押金；扣款按清单并附凭证。",
        "The deposit comes back within 24 hours of the return; deductions by list and with proof.",
    ),
    "terms.C31.title": ("曝光买家信息", "Exposing buyers"),
    "terms.C31.rewrite": (
        "删除。对恶意退款可向平台举报并提交证据。",
        "Delete it. Report abuse to the platform with evidence.",
    ),
    "terms.C32.title": ("默认勾选保险或续费", "Insurance or renewal ticked beforehand"),
    "terms.C32.rewrite": (
        "由买家自己勾选，续费前 5 天提醒。",
        "Let the buyer tick it; remind 5 days before a renewal.",
    ),
}

# The laws that the clauses name, in English; what follows the name is the article.
LAWS: dict[str, str] = {
    "消法": "Consumer Protection Law",
    "消法实施条例": "Consumer Protection Regulation",
    "网络消费解释(一)": "Interpretation on Online Consumption (1)",
    "网络交易办法": "Online Trading Measures",
    "合同行政监管办法": "Contract Supervision Measures",
    "总局令116": "SAMR Order 116",
    "电商法": "E-Commerce Law",
    "民法典": "Civil Code",
    "合同编通则解释": "Interpretation on Contracts",
    "七日退货办法": "Seven-Day Return Measures",
    "预付式消费解释": "Interpretation on Prepaid Consumption",
    "广告法": "Advertising Law",
    "未成年人网络保护条例": "Regulation on Minors Online",
    "单用途卡办法": "Single-Purpose Card Measures",
    "民诉法解释": "Interpretation of the Civil Procedure Law",
    "支付机构条例实施细则": "Implementing Rules on Payment Institutions",
    "个人信息保护法": "Personal Information Protection Law",
}
