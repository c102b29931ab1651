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
    "verify.title": ("核对证据包", "Check a bundle of evidence"),
    "verify.lead": (
        "任何人都可以核对：不用登录，不必信任平台，文件不会上传。",
        "For anybody: no account, no trust in us, nothing is uploaded.",
    ),
    "verify.drop": (
        "把证据包（ZIP）拖到这里，或点这里选文件",
        "Drop the bundle (ZIP) here, or choose the file",
    ),
    "verify.stays": (
        "核对在你的浏览器里进行，文件留在这台设备上。",
        "It is checked in your browser and stays on this device.",
    ),
    "verify.busy": ("正在核对…", "Checking…"),
    "verify.needs_script": (
        "在网页里核对需要 JavaScript。没有的话，请下载下面的 verify.py 离线核对。",
        "Checking on this page needs JavaScript. Without it, download verify.py below and check offline.",
    ),
    "verify.trust": ("用谁的公钥核对", "Whose keys to check with"),
    "verify.logs": ("平台的公钥：日志和凭证", "The platform's keys: its log and its receipts"),
    "verify.logs_says": (
        "默认是平台公布的。从见证方那里拿到的更可靠，换成那一把即可。",
        "These are the ones we publish. One that a witness gave you is worth more: put it here instead.",
    ),
    "verify.witnesses": (
        "必须联署的见证方公钥（可不填）",
        "Keys of witnesses that must have signed (may be empty)",
    ),
    "verify.witnesses_says": ("一行一把。", "One a line."),
    "verify.offline": ("离线核对", "Check offline"),
    "verify.offline_says": (
        "verify.py 是一个文件，只需要 Python 3.11 以上和 cryptography，不联网，连时间戳一起核对。",
        "verify.py is one file. It needs Python 3.11 or later and cryptography, asks nobody, and checks the time token too.",
    ),
    "verify.download": ("下载 verify.py", "Download verify.py"),
    "verify.keys": ("平台公布的公钥", "Our keys as we publish them"),
    "verify.keys_says": (
        "先是日志的，新的在前；以 receipts 结尾的签凭证和清单。请抄下来，或与见证方手里的对一对。",
        "Those of the log first, newest first; names that end in receipts sign receipts and lists. Write them down, or compare them with those that a witness holds.",
    ),
    "verify.no_keys": ("还没有公钥。", "There is no key yet."),
    "foot.verify": ("核对证据", "Check evidence"),
}
