"""Words of the bundle of evidence: taking it along, the page inside it, and the page where one is checked."""

WORDS: dict[str, tuple[str, str]] = {
    "bundle.title": ("证据包：订单 {order}", "Bundle of evidence: order {order}"),
    "bundle.lead": (
        "这一页说明发生了什么，只供阅读。真凭实据是包内的文件，任何人都能核对，核对方法见 README.txt。",
        "This page says what happened and is for reading only. The proof is in the files, which anybody can check; README.txt says how.",
    ),
    "bundle.about.goods": ("商品", "Goods"),
    "bundle.about.shop": ("店铺", "Shop"),
    "bundle.about.price": ("实付", "Paid"),
    "bundle.about.back": ("已退回", "Returned"),
    "bundle.about.policy": ("适用规则", "Rules"),
    "bundle.about.covered": ("日志", "Log"),
    "bundle.about.covered_says": (
        "{events} 个事件中有 {covered} 个已记入公开日志",
        "{covered} of {events} events are in the public log",
    ),
    "bundle.yuan": ("{amount} 元", "¥{amount}"),
    "bundle.happened": ("经过", "What happened"),
    "bundle.column.n": ("序号", "No."),
    "bundle.column.at": ("北京时间", "Time (Beijing)"),
    "bundle.column.actor": ("谁", "Who"),
    "bundle.column.act": ("做了什么", "What"),
    "bundle.column.proof": ("哈希", "Hash"),
    "bundle.how": ("怎样核对", "How to check"),
    "bundle.how_says": (
        "把整个 ZIP 拖进 {url}/verify/ ，核对在你的浏览器里进行，不会上传；或者用 verify.py 离线核对。请先核对下面的日志公钥。",
        "Drop the whole ZIP on {url}/verify/: it is checked in your browser and not uploaded. Or check offline with verify.py. First compare the log's key below.",
    ),
    "bundle.fingerprint": ("指纹", "fingerprint"),
    "bundle.take": ("下载证据包", "Download the evidence"),
    "bundle.take_says": (
        "一个 ZIP：全部事件、日志证明、账目、裁决和证据文件，任何人都能核对，不必信任平台。",
        "One ZIP: all events, the log's proof, the ledger, decisions and files. Anybody can check it without trusting us.",
    ),
    "bundle.not_covered": (
        "刚发生的事还没有记入日志，请过一秒再下载。",
        "What just happened is not in the log yet; download again in a second.",
    ),
}
