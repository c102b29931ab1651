"""What a message may hold that its reader should be warned of: a transfer beside the platform, a threat, abuse.

Pure and without a model: tables of patterns over a text whose disguises are taken off. It warns and is logged; it
never blocks and never touches the legal ground of a request (S-050, S-056). To go to 12315, a court, the police or
the platform is everybody's right and no threat, however it is said.
"""

from __future__ import annotations

import re
import unicodedata

PRIVATE_TRANSFER = "private_transfer"
PAYMENT_CODE = "payment_code"
ACCOUNT_NUMBER = "account_number"
THREAT = "threat"
EXTORTION = "extortion"
ABUSE = "abuse"
FLAGS = (PRIVATE_TRANSFER, PAYMENT_CODE, ACCOUNT_NUMBER, THREAT, EXTORTION, ABUSE)
PRIVATE = frozenset({PRIVATE_TRANSFER, PAYMENT_CODE, ACCOUNT_NUMBER})
THREATS = frozenset({THREAT, EXTORTION})

_HEARTS = str.maketrans({"❤": "信", "♥": "信", "💚": "信", "🐧": "企鹅", "➕": "加", "＋": "加", "✈": "飞机"})
_STOPS = re.compile(r"[，。；！？,;!?\n、]+")
# Marks put between the letters of a word: w-x, 微，信，号.
_GLUE = re.compile(r"(?<=(?<![a-z])[vw])[-./]+(?=x)")
_SINGLE = re.compile(r"(?<=[^\W\d_a-z])，(?=[^\W\d_a-z](?:，|$))")
_JUNK = re.compile(r"[^\w，@:/.+-]|_{2,}")

# Each tuple is alternatives of one thing said; they are put together below.
_WECHAT = (
    r"(?:[微薇威维卫徽魏][信星芯]|绿泡泡|wechat|weixin|wxid|(?<![a-z])(?:v信|wx|vx(?!\d型)|v(?=同|号|:|[聊私]|[a-z]{2}\d))"
    r"|微x?(?=转|聊|号|搜|:|$|，))"
)
_QQ = r"(?:企鹅|扣扣|(?<![a-z])qq|球球|有q吗)"
_OTHER = r"(?:telegram|(?<![a-z])tg(?![a-z])|纸?飞机号|电报号|私人号|小号)"
_CONTACT = rf"(?:{_WECHAT}|{_QQ}|{_OTHER})"
_ADD = r"(?:加|伽|添加|搜|联系|进|add)"
_PEOPLE = r"(?:我们?|咱俩?|你|您|下|一下|个|的|好友|直接|my|一)"
_WALLET = r"(?:微信零钱|微信|微|支付宝|zfb|alipay|银行卡|卡里|卡上|数字人民币|线下|红包)"
_MOVE = r"(?:转[给你您我到账过款\d]|打[给到钱过\d]|打款|退[你您]|发[你您]|发红包|秒退|收款)"
_OFF = (
    r"(?:私下|私底下|线下|平台外|不走平台|别走平台|不走订单|别找平台|别在这买|绕(?:开|过)?平台|平台扣点|平台手续费|"
    r"私拍|私聊|私发|私人号)"
)

# What leads away from the platform's money: each pattern is searched in the text without disguises.
_LEADS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_ADD}{_PEOPLE}{{0,4}}{_CONTACT}",
        rf"{_ADD}{_PEOPLE}{{0,3}}售?后?(?:薇|微|v)(?![a-z]|ip)",
        rf"{_CONTACT}(?:号|联系|同号|搜|私聊|聊|发[我你]|是)",
        rf"{_CONTACT}.{{0,2}}群|群号|(?:进|拉你进).{{0,4}}群",
        rf"{_CONTACT}.{{0,3}}[:@_][a-z0-9][a-z0-9_-]{{4,}}|{_CONTACT}[号是:]*[a-z][a-z0-9_]*[-\d][a-z0-9_-]*",
        rf"{_CONTACT}[号:]*\d{{5,11}}.{{0,4}}(?:私|聊|联系|转|加)",
        rf"{_CONTACT}[^，]{{0,8}}(?:补|退|转|返)[给你您]?{_PEOPLE}?[补退转返]?\d",
        rf"{_CONTACT}[^，]{{0,6}}给[你您](?:补|退|转|返)",
        rf"(?:同{_WECHAT}|{_WECHAT}同)|{_QQ}?吗?，加一下",
        rf"{_WALLET}.{{0,5}}{_MOVE}",
        rf"{_MOVE}.{{0,4}}{_WALLET}",
        r"(?:支付宝|微信|银行卡?|收款)账?号?[^，]{0,3}(?:发|报|给)[我给过]|绿泡泡|直接打给[你您]",
        r"付款链接|(?:薇|v)[a-z]+_?-?\d",
        r"(?:发|给|把|提供|报|要)[^，]{0,8}(?:支付宝|微信|银行|收款|开户)[^，]{0,6}(?:账号|账户|卡号|号|行|码|姓名)[^，]{0,4}(?:$|，|发|打|转|和|给)",
        r"开户行和|开户行.{0,2}卡号",
        rf"{_OFF}(?!门店|商场|实体|活动|使用|能用)",
        r"(?:补|差价).{0,4}转[我给]{1,2}",
        r"(?:红包|口令).{0,3}(?:给|补偿|发)[你您].{0,12}(?:别|先|撤|取消|就)",
        r"加我.{0,3}好友.{0,2}红包|领返现|返现给?[你您]",
        r"[加＋+]v(?![a-z0-9])",
        r"(?:usdt|btc).{0,3}(?:收款|付款|退|back)|(?:退|只收|send|pay).{0,4}usdt",
        r"钱.{0,4}(?:微信|支付宝).{0,4}(?:退|转)[你给您]",
        r"(?:先|你).{0,3}(?:取消|撤销|关).{0,6}(?:转|退)[你给您]",
        r"(?:财务|我们?|公司|客服)[^，]{0,6}(?:给[你您])?(?:转款|打款|转账)|给[你您](?:转|打)(?:款|账|过|钱|\d)|现在打给[你您]|统一打|私人(?:转|打)|直接打我[^，]{0,4}卡|单独(?:给|转|打)[你您]|钱单独",
        r"(?:直接|咱们).{0,2}转账(?:能|更|便宜|$|，)",
        r"(?:转|打)了\d+[^，]{0,4}，?[你您]把|(?:把|你)?(?:申请|售后|退款)(?:关掉|关了|撤了|取消掉|点掉)|点撤销|撤销[^，]{0,3}我|别在平台弄",
        r"(?:钱|补偿|差额|退款)[^，]{0,4}(?:微信|支付宝|红包|v)[^，]{0,3}(?:发|转|打|给)[你您我]|(?:微信|支付宝|红包|卡)[^，]{0,3}(?:发|打|转|付)[给到]?我",
        r"(?:给|留|发|报)个?[^，]{0,4}(?:卡号|银行账户|账户|收钱码|收款|付款码)|(?:收钱|付款|赞赏)码[^，]{0,4}(?:发|给|截|来)|走公账|对公转",
        r"(?:马上|现在|统一|财务|立马)(?:就)?(?:今天)?(?:打|转)(?:款|账|过|给|钱|$|，)(?!到原)|(?:我|给[你您])[^，]{0,3}打过去|打完说|付我\d|给我\d+块?，?我",
        r"(?:要不|你|您|可以|直接)加(?:我|个|下)(?!购|们|了)|加下?这个|你加我，|加(?:我|一下)(?:号|好友|私|企)|企业微信|企微|拉(?:你进|个|您进)群|whatsapp|skype|line(?:号|id|:)|同手机|绿色软件|绿色那个|蓝色软件",
        r"(?:直接|单独|下次)找我(?:拿|买|要|下|$|，)|私信[你我您]|(?:到|去|来)我(?:的)?(?:小店|店里|那边|朋友圈)|不过平台|跳过平台|平台抽成|场外|我转账给|先(?:付|交|打)[^，]{0,3}(?:手续费|保证金|解冻|押金)",
        r"(?:用|走|收)usdt|usdt结|虚拟币[付结转]",
        rf"(?:留|给|要)个?{_CONTACT}|{_CONTACT}[^，]{{0,4}}(?:呗|吧|不)，|加群|入群|我加[你您](?!们)|手机号[^，]{{0,3}}微信|扫我|加我(?:头像|私人|小号)",
        r"打(?:到)?[你您]卡|卡号(?:多少|发|给)|红包补|补[你您][^，]{0,4}块|t\.me/",
        r"闲鱼.{0,6}(?:拍|链接|下单|补)|转转.{0,4}拍",
        r"(?:那边|外面|别处).{0,4}(?:下单|付款|拍).{0,4}便宜",
        r"(?:pay|send|refund).{0,16}banktransfer|banktransfer.{0,16}account|weixinjiawo|jiawowei|你微信多少|收款方式|去(?:淘宝|拼多多|抖音|咸鱼)[^，]{0,6}(?:搜|拍)|加个联系方式|飞书或|报个(?:支付宝|微信)|dealoutside|outsidetheplatform|addmy(?:wechat|qq|telegram)|to?my(?:alipay|wechat|paypal)",
        r"(?:直接|我)转[给你您]{1,2}(?!，?差)(?:钱|\d|$|，)",
    )
)
# Said in front of such words, it is a refusal or a warning, and the opposite of what is looked for.
_NO = re.compile(
    r"(?:不要|请勿|勿|别|不接受|不想|不会|不能|不可|拒绝|禁止|不|没|don'?t|向任何人)[^，]{0,4}$|"
    r"(?:提示|让我|叫我|要我|要求|你们说)[^，]{0,8}$"
)
_REFUSED = re.compile(r"拒绝|是禁止|不加|没加|没同意|不同意|请走平台|只走平台|走平台就行|原路")
_CODES = re.compile(
    r"wxp://|qr\.alipay\.com|weixin\.qq\.com/[rgq]/|u\.wechat\.com|qm\.qq\.com|paypal\.me/|qianbao\.qq\.com|"
    r"payapp\.weixin|tenpay\.com/f2f|alipays?://|weixin://"
)
_CODE_WORDS = re.compile(
    r"收款(?:二维)?[码吗]|扫我[^，]{0,4}码|码，?付\d|扫下?图[上里里]的?码(?:补|付)|扫图上|扫(?:一扫|码|二维码|这个|给)[^，]{0,6}(?:付|转[我给])|扫一?扫?[^，]{0,4}码付款|付款链接[^，]{0,9}(?:点|补|付|http)|扫码付[我你]|我扫给你|扫码就行"
)
_TRON = re.compile(r"(?<![A-Za-z0-9])T[1-9A-HJ-NP-Za-km-z]{33}(?![A-Za-z0-9])")
_ETHER = re.compile(r"(?<![0-9a-zA-Z])0x[0-9a-fA-F]{40}(?![0-9a-fA-F])")
_BITCOIN = re.compile(r"(?<![a-zA-Z0-9])bc1[02-9ac-hj-np-z]{25,62}(?![a-zA-Z0-9])")
_CARD = re.compile(r"(?<![\dA-Za-z])\d(?:[ -]?\d){15,18}(?![\dA-Za-z])")
_CARD_CONTEXT = re.compile(r"银行卡|打款|打到|转到|转我|转好|汇款|户名|钱包|[农工建中招交]行|收款|卡里")
_GOODS_CONTEXT = re.compile(r"卡密|密码|订单号|流水号|单号|兑换码|激活|序列号|无效")
_HANDLE = re.compile(r"[a-z0-9_-]{6,}")
_QQ_NUMBER = re.compile(rf"{_CONTACT}号?:?(\d{{5,11}})")
# The goods here are often an account at these very services, so its number alone is no way out.
_TOP_UP_CONTEXT = re.compile(
    r"充到|充值|q币|没到账|会员|要充|请充|充这个|区服|红包封面|立减金|型号|写错|填错|填的|核对"
)
_INVITES = re.compile(r"加我|加群|进群|加v|加微|私下|私聊|线下|转[给你您我]|打给|退你|退您|联系我|别走|不走")

_IF = r"(?:不然|否则|要不|再不|不退|不赔|不给|不免|不返|不处理|不满足|敢|分钟|看你|或者|么|要是|再|是吧)"
_HARM_REVIEW = (
    r"(?:差评(?!了)|一星|刷屏|刷差|(?<!照片)曝光(?!过度)|爆光|搞臭|刷你|评分归零|全网|举报你店|扒皮|挂(?:到|上|网|出)|"
    r"发到?(?:贴吧|抖音|小红书|网上|朋友圈|微博|快手|知乎|群里)|上(?:热搜|抖音|微博))"
)
_THREATS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_IF}.{{0,16}}{_HARM_REVIEW}",
        r"差评(?:警告|加举报|套餐|伺候|轰炸|安排|走起|刷|\d)|等着(?:收)?差评(?!功能)|看你退不退|(?:退款|退钱)(?:或者|还是)(?:一星|差评)|条起步",
        r"让[^，]{0,8}(?:全是|都来|都给|一起)[^，]{0,3}(?:一星|差评)|(?:全是|刷|打|给[你您]{1,2}?\d*个?)一星[^的]{0,2}(?:$|，)|(?:找|让)(?:媒体|记者|大v|博主|网红)",
        r"(?:聊天记录|照片|信息|资料).{0,12}直接?发到|差评[^，]{0,2}(?:见|送|奉上|少不了|跑不了|满天飞)|口碑[^，]{0,3}(?:毁|没|烂)",
        r"把你们?(?:店|公司|家店).{0,3}(?:挂|发|曝|搞|弄)",
        r"badreviews?everywhere|leave.{0,4}badreviews|expose(?:you|your)|iknowwhereyoulive|orelsei",
    )
)
_PERSONAL = tuple(
    re.compile(pattern)
    for pattern in (
        r"人肉(?:你|您|他|出)|信不信我|知道你家|查到你|你家住哪|你家人|全家信息|开盒|盒了?你|网暴",
        r"你(?:们)?(?:家)?住(?:哪|在).{0,8}(?:清二楚|清楚|知道|查)|有你(?:的)?(?:手机号|电话|地址|照片|身份证)",
        r"弄[死垮]|弄你|搞[死垮]|搞你|(?:找|叫|喊)人(?:弄|打|收拾|堵|天天|去|来|搞)|上门找你|去你(?:家|公司|店)|堵你|砍你|打断你|小心点",
        r"(?:身份证?|信息|照片|号码|电话|地址|隐私).{0,5}(?:卖给|挂|发到网|发到[^您你]|公布|曝光(?!过度))|招嫖|催收",
        r"短信轰炸|轰炸(?!机)|呼死|(?:天天|一天).{0,4}(?:打你|骂|下单退)|去你(?:老家|家|单位)|混不下去|每天来骂|别想(?:睡|要|好过|安生|开|混)",
        r"(?:把|将)(?:你|您).{0,5}(?:号|qq|账号).{0,4}(?:盗|找回|封)|封你.{0,2}号",
        r"扒皮|避雷帖|让(?:所有人|大家)知道你|除非给|让你(?:们)?.{0,4}(?:后悔|好看|难看|倒闭|关门|开不|做不|混不|身败)|搞臭|水军|倒闭|开不[下成了]|评分归零|刷你店",
        r"掂量|识相|报复|地址我|查得到|劝你|打爆|骚扰名单|骚扰你|黑产|黑名单.{0,3}$|上学我|你(?:孩子|儿子|女儿|老婆|老公|父母|爸妈)|楼下等|堵门|你的号[^，]{0,3}(?:没|废|完|丢)|号(?:就|明天)没",
        r"(?:天天|每天|一直)[^，]{0,2}(?:举报|投诉|骚扰)到|举报到你|关店为止|整死|玩死|废了你|放你一马|别怪我|后果自负|没你好果子|等死|饶不了|收拾你|教训你|打断|断你|社死|名声(?:扫地|臭)|臭名|有你受的|不客气",
        r"兜着走|有你好看|走着瞧|等着瞧|给我等着|跟你没完|曝光你(?:家|全家)",
        r"expose(?:you|your)|iknowwhereyoulive|burnyour|killyou|hurtyou",
    )
)
# Who tells of a threat does not make one.
_REPORTED = re.compile(
    r"(?:卖家|买家|对方|他|她|店主|商家|有人|客服).{0,4}(?:威胁|恐吓|说要|扬言|骂)|被.{0,4}(?:威胁|恐吓|骂)|不会去?曝光|不要威胁"
)
_DEMAND = re.compile(
    r"赔我|赔钱|赔\d|给钱|打钱|私了|免单|返现|[两双三]倍|撤销|撤诉|撤掉|删评|删了|好评|再投诉|申请退款|敢差评|敢退款|payme|\d+块?，?否则"
)
_LAWFUL = re.compile(
    r"(?:向|找|去|打|拨打|到|给|走|申请)?(?:12315|12345|消协|消费者协会|市场监督管理局?部?门?|市场监管部?门?局?|市监局?|工商局?|"
    r"法院|派出所|公安|警察|律师|平台仲裁|平台介入)(?:投诉|举报|反映|起诉|报案)*"
)
_ABUSE = re.compile(
    r"傻[逼比bx叉缺]|煞笔|沙[比雕币]|(?<![a-z0-9])(?:sb|cnm|nmsl|tmd|mlgb|wcnm|nmb)(?![a-z0-9])|脑残|智障|弱智|白痴|蠢货|废物|人渣|败类|畜生|"
    r"神经病|有病吧|脑子(?:有病|进水|有坑)|是猪|都是猪|猪脑|猪头|没教养|没素质|大爷的|你大爷|祖宗|死全家|去你(?:的|妈|大)|破店|瞎了你|狗眼|穷鬼|死绝|丢人现眼|无耻|下流|恶心死|去死(?!神)|死骗子|骗子(?:店|卖家|东西)|臭?不要脸|狗(?:东西|日|屁|商家|卖家|客服|娘)|你妈|尼玛|他妈|妈的|草泥马|[操艹]你|王八蛋|混蛋|混账|"
    r"杂种|贱人|贱货|婊|丧良心|不得好死|(?:全家.{0,2}死)|垃圾(?:店|卖家|人|客服|商家)|放屁|(?:^|，)滚|fuck|bitch|asshole|idiot|bastard|scum|moron|shit"
)


def plain(text: str) -> str:
    """The text in one width and case, hearts and penguins read as what they stand for, clauses parted by ，."""
    told = unicodedata.normalize("NFKC", text.translate(_HEARTS)).lower()
    bare = _JUNK.sub("", _STOPS.sub("，", told))
    return _GLUE.sub("", _SINGLE.sub("", bare))


def find_risks(text: str) -> tuple[str, ...]:
    """The flags of a text, in the order of FLAGS; empty for the most of them."""
    bare = plain(text)
    found = {
        PRIVATE_TRANSFER: _leads_away(bare),
        PAYMENT_CODE: _holds_code(text.lower(), bare),
        ACCOUNT_NUMBER: _holds_account(text, bare),
        ABUSE: _ABUSE.search(bare) is not None,
    }
    rest = "" if _REPORTED.search(bare) else _LAWFUL.sub("", bare)
    personal = any(pattern.search(rest) for pattern in _PERSONAL)
    found[THREAT] = personal or any(pattern.search(rest) for pattern in _THREATS)
    found[EXTORTION] = found[THREAT] and _DEMAND.search(rest) is not None
    return tuple(flag for flag in FLAGS if found[flag])


def find_payload_risks(payload: str) -> tuple[str, ...]:
    """The flags of what a two-dimensional code in a picture says: a way to pay or to meet, or a text like any other."""
    told = set(find_risks(payload))
    if _CODES.search(payload.lower()):
        told.add(PAYMENT_CODE)
    return tuple(flag for flag in FLAGS if flag in told)


def _leads_away(bare: str) -> bool:
    if _REFUSED.search(bare) and not _HANDLE.search(bare):
        return False
    if _TOP_UP_CONTEXT.search(bare) and not _INVITES.search(bare):
        return False
    for pattern in _LEADS:
        for hit in pattern.finditer(bare):
            if not _NO.search(bare[: hit.start()]):
                return True
    return False


def _holds_code(told: str, bare: str) -> bool:
    if _CODES.search(told):
        return True
    hit = _CODE_WORDS.search(bare)
    return hit is not None and not _NO.search(bare[: hit.start()])


def _holds_account(text: str, bare: str) -> bool:
    if _TRON.search(text) or _ETHER.search(text) or _BITCOIN.search(text.lower()):
        return True
    for hit in _CARD.finditer(text):
        digits = re.sub(r"\D", "", hit[0])
        if _GOODS_CONTEXT.search(bare):
            continue
        if _CARD_CONTEXT.search(bare) or (digits[:2] in ("62", "45", "52") and passes_luhn(digits)):
            return True
    return _QQ_NUMBER.search(bare) is not None and not _TOP_UP_CONTEXT.search(bare)


def passes_luhn(digits: str) -> bool:
    """Whether the last digit is the check digit that bank cards carry (ISO/IEC 7812)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
