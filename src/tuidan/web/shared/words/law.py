"""What the articles say that a case rests on: their gist in plain words. The official text decides."""

WORDS: dict[str, tuple[str, str]] = {
    "law.电商法20": (
        "商家要按承诺的方式、时间交付商品或提供服务。",
        "Goods and services are delivered in the way and time promised.",
    ),
    "law.电商法37": (
        "平台标明自营的业务，平台依法承担商品销售者或服务提供者的责任。",
        "For what it marks as its own sale, the platform is liable as the seller.",
    ),
    "law.电商法51": (
        "在线传输的商品，进入对方指定的系统并且能够检索识别的时间为交付时间。",
        "Goods sent online are delivered when they enter the named system and can be found there.",
    ),
    "law.电商法60": (
        "争议可以协商和解、请求调解、向有关部门投诉、申请仲裁或提起诉讼。",
        "Disputes may be settled, mediated, complained of, arbitrated or brought to court.",
    ),
    "law.电商法62": (
        "处理争议时，商家和平台应当提供原始合同和交易记录；丢失、伪造、篡改、销毁、隐匿或拒绝提供，致使事实无法查明的，承担相应法律责任。",
        "Sellers and platforms hand over the original contract and records; who loses, forges, destroys or withholds them answers for it.",
    ),
    "law.消法23": (
        "经营者应当保证商品或服务具有应当具有的质量、性能、用途和有效期限，与其表明的质量状况相符。",
        "Goods and services have the quality, function, use and term of validity they should have and were said to have.",
    ),
    "law.消法25": (
        "网络购买的商品，收到之日起七日内可以无理由退货；在线下载或已拆封的数字化商品等除外，其他不宜退货的要经消费者购买时确认。",
        "Goods bought online may be returned within seven days without reason, save digital goods downloaded or unsealed and the like; other exclusions need the buyer's confirmation.",
    ),
    "law.消法26": (
        "格式条款要显著提示；排除或限制消费者权利、减轻或免除经营者责任的不公平条款无效。",
        "Standard terms are shown conspicuously; unfair ones that take rights away or lighten the trader's duty are void.",
    ),
    "law.消法52": (
        "经营者提供商品或服务造成财产损害的，依照法律或约定承担退货、补足数量、退还货款和服务费用、赔偿损失等责任。",
        "A trader whose goods or services cause loss takes them back, makes up what is missing, returns the price or pays damages.",
    ),
    "law.消法53": (
        "以预收款方式提供商品或服务的，应当按约定提供；未按约定提供的，按消费者的要求履行约定或退回预付款。",
        "What was paid in advance is supplied as agreed, or the advance is returned as the consumer asks.",
    ),
    "law.消法实施条例10": (
        "自动展期、自动续费的，应当在消费者接受服务前和自动展期、自动续费等日期前，以显著方式提请注意。",
        "Automatic renewal is announced conspicuously before the service is taken and before each renewal.",
    ),
    "law.消法实施条例12": (
        "以商业宣传、产品推荐、实物展示或通知、声明、店堂告示等方式作出承诺的，应当履行。",
        "Promises made in advertising, recommendations, notices or statements are kept.",
    ),
    "law.消法实施条例18": (
        "退款按发票等购货凭证或服务单据上的价格；消费者能够证明实际支付价格的，按实际价格一次性退清。",
        "The price on the receipt, or the price really paid, is returned in one sum.",
    ),
    "law.消法实施条例19": (
        "不得擅自扩大不适用无理由退货的商品范围；未经消费者在购买时显著确认的，不得拒绝无理由退货。",
        "Exclusions from no-reason return may not be widened; without the buyer's conspicuous confirmation it may not be refused.",
    ),
    "law.七日退货办法15": (
        "使用积分、代金券、优惠券等支付的，按支付时的方式退还，现金部分按实际支付金额。",
        "What was paid by points or coupons comes back in kind, cash by the amount really paid.",
    ),
    "law.网络消费解释(一)1": (
        "经营者单方排除责任、限制消费者投诉诉讼等权利的格式条款无效。",
        "Standard terms by which a trader excludes liability or bars complaints and lawsuits are void.",
    ),
    "law.民法典144–145": (
        "无民事行为能力人实施的民事法律行为无效；限制民事行为能力人实施的，与其年龄、智力相适应的有效，其余须法定代理人同意或追认。",
        "Acts of children under eight are void; those of older minors hold where they fit their age, else with the guardian's consent.",
    ),
    "law.民法典147": (
        "基于重大误解实施的民事法律行为，行为人有权请求撤销。",
        "An act done under a serious mistake may be rescinded.",
    ),
    "law.民法典157": (
        "民事法律行为无效、被撤销后，取得的财产应当返还；有过错的一方赔偿损失，各方都有过错的，各自承担。",
        "After an act is void or rescinded what was got is returned; fault is borne by each side for its part.",
    ),
    "law.民法典201": (
        "按日计算期间的，开始的当日不计入，自下一日开始计算。",
        "A time counted in days begins on the day after.",
    ),
    "law.民法典497": (
        "不合理地免除或减轻提供方责任、加重对方责任、限制或排除对方主要权利的格式条款无效。",
        "Standard terms that unreasonably free their author or take the other side's main rights are void.",
    ),
    "law.民法典577": (
        "不履行合同或履行不符合约定的，应当承担继续履行、采取补救措施或赔偿损失等违约责任。",
        "Who does not perform, or not as agreed, performs, makes good or pays damages.",
    ),
    "law.民法典582": (
        "履行不符合约定的，可以合理选择请求修理、重作、更换、退货、减少价款或报酬等。",
        "Where performance falls short, repair, redoing, replacement, return or a lower price may be asked.",
    ),
    "law.民法典612": (
        "出卖人就交付的标的物，负有保证第三人对该标的物不享有任何权利的义务。",
        "The seller warrants that no third person has a right to what was delivered.",
    ),
    "law.民法典787": (
        "定作人在承揽人完成工作前可以随时解除合同，造成损失的应当赔偿。",
        "Who ordered work may end the contract before it is done, and pays the loss.",
    ),
    "law.民法典985": (
        "没有法律根据取得不当利益的，受损失的人有权请求返还。",
        "What was got without a legal ground is returned.",
    ),
    "law.个人信息保护法24": (
        "通过自动化决策作出对个人权益有重大影响的决定，个人有权要求说明，并有权拒绝仅由自动化决策作出决定。",
        "Of automated decisions of weight one may ask for an explanation and refuse them as the only way.",
    ),
}
