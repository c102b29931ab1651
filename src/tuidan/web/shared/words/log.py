"""Words of the page about the log that strangers verify, and of what keeps it from signing."""

WORDS: dict[str, tuple[str, str]] = {
    "log.title": ("存证日志", "Evidence log"),
    "log.lead": (
        "每笔订单走到哪一步，都记进同一棵哈希树，树根由平台签名公开。谁存下一次签名，谁就能看出平台后来有没有改过记录，不用信我们。",
        "Every step of every order goes into one tree of hashes, whose root the platform signs in public. Whoever keeps one signature can tell whether we changed the record later, without trusting us.",
    ),
    "log.newest": ("最近一次签名", "Newest checkpoint"),
    "log.size": ("叶子数", "Leaves"),
    "log.signed": ("签名时间", "Signed"),
    "log.none": ("还没有签名", "Nothing is signed yet"),
    "log.none_body": ("第一笔订单之后就会有。", "It comes with the first order."),
    "log.unsigned": ("{n} 片叶子已记入，等待签名", "{n} leaves are in and wait for a signature"),
    "log.trouble": ("签名已暂停", "Signing has stopped"),
    "log.trouble.published_ahead": (
        "公布过的签名比数据库里的记录多。数据库可能恢复自旧备份；恢复完整的数据前不再签名。",
        "A published checkpoint covers more than the database has. It may come from an old backup; nothing is signed until the whole data is back.",
    ),
    "log.trouble.published_differs": (
        "数据库里的记录和公布过的签名不符，正在查。查清前不再签名。",
        "The database does not match a checkpoint that was published. Nothing is signed until this is cleared up.",
    ),
    "log.trouble.witness_ahead": (
        "见证人见过的记录比数据库里的多。恢复完整的数据前不再签名。",
        "A witness has seen more than the database has. Nothing is signed until the whole data is back.",
    ),
    "log.trouble.witness_differs": (
        "数据库里的记录和见证人见过的不符，正在查。查清前不再签名。",
        "The database does not match what a witness has seen. Nothing is signed until this is cleared up.",
    ),
    "log.trouble.rows_missing": (
        "日志的数据缺了一部分，修复前不再签名。",
        "Part of the log's data is missing. Nothing is signed until it is repaired.",
    ),
    "log.trouble.unreadable": (
        "上次公布的签名或密钥读不出来，修复前不再签名。",
        "The last published checkpoint or a key cannot be read. Nothing is signed until it is repaired.",
    ),
    "log.trouble.folder": (
        "存放密钥的目录不能用，修复前不再签名。",
        "The folder of the keys cannot be used. Nothing is signed until it is repaired.",
    ),
    "log.trouble.busy": ("日志正忙，稍后再签。", "The log is busy and will be signed later."),
    "log.trouble.key_missing": (
        "这台机器上没有签名用的私钥。",
        "The private key that must sign is not on this machine.",
    ),
    "log.trouble.numbers": (
        "这里 {here} 片，别处见过 {seen} 片",
        "{here} leaves here, {seen} seen elsewhere",
    ),
    "log.witnesses": ("见证人", "Witnesses"),
    "log.witness": ("见证人", "Witness"),
    "log.witness.seen": ("已共签到", "Cosigned up to"),
    "log.witness.when": ("时间", "When"),
    "log.witness.away": ("暂时联系不上", "Not reached now"),
    "log.witness.contradicts": ("见过另一段历史，签名已停", "Has seen another history; signing has stopped"),
    "log.witnesses_body": (
        "卖家或协会可以自己运行一个见证人：它保存看到的最后一次签名，只给接得上的签名共签；历史一旦被改，它马上就知道。核对时该信谁：",
        "A seller or an association can run a witness of their own. It keeps the last signature it saw and cosigns only what goes on from it, so a rewritten history is found at once. Whom to trust when checking:",
    ),
    "log.token": ("{n} 片叶子的签名已盖时间戳：", "The signature over {n} leaves carries a timestamp:"),
    "log.order": ("查一笔订单", "Look up an order"),
    "log.order.field": ("订单号", "Order number"),
    "log.order.ask": ("查", "Look up"),
    "log.no_number": (
        "这不是订单号。请从订单页复制完整的订单号。",
        "This is no order number. Copy the whole number from the order's page.",
    ),
    "log.no_proof": (
        "日志里还没有这笔订单。刚下的单一两秒后再查；号码也可能抄错了。",
        "The log does not have this order yet. A new one is there within a second or two; the number may also be mistyped.",
    ),
    "log.order.found": (
        "订单的第 {n} 个事件（连同它之前的全部）是第 {index} 片叶子，在 {size} 片叶子的签名之下。",
        "Event {n} of the order, with everything before it, is leaf {index} under the checkpoint over {size} leaves.",
    ),
    "log.order.hash": ("事件哈希", "Hash of the event"),
    "log.order.entry": ("叶子", "Leaf"),
    "log.order.proof": ("证明（tlog-proof）", "Proof (tlog-proof)"),
    "log.how": ("怎么自己核对", "How to check it yourself"),
    "log.how.keep": ("先存下一份签名", "Keep a checkpoint first"),
    "log.how.keep_body": (
        "存下 /log/checkpoint 和公钥。以后的每次签名都必须接着它；接不上，就是历史被改写过。",
        "Keep /log/checkpoint and the key. Every later checkpoint must continue it; one that does not shows that history was rewritten.",
    ),
    "log.how.openssl": ("用 openssl 验签名", "The signature, with openssl"),
    "log.how.go": ("用 Go 验证明", "The proof, with Go"),
    "log.how.go_body": (
        "Go 官方的 sumdb/note 和 sumdb/tlog 两个包就能验，不用我们的代码。index、路径和签名在证明文件里。",
        "Go's own packages sumdb/note and sumdb/tlog check it, none of our code is needed. The proof file has index, path and checkpoint.",
    ),
    "log.keys": ("公钥", "Keys"),
    "log.keys.key": ("公钥（vkey）", "Verifier key (vkey)"),
    "log.keys.from": ("从多少叶子起", "From size"),
    "log.keys.until": ("到", "To"),
    "log.keys.now": ("现用", "in use"),
    "log.keys.handover": ("交接书", "handover"),
    "log.keys.change": (
        "换钥时，旧钥和新钥一起签最后一次，并签一份交接书：信旧钥的人可以凭它认新钥。",
        "When the key changes, the old and the new one sign the last head together, and a handover: whoever trusts the old key can follow it to the new one.",
    ),
    "log.private": ("里面没有什么", "What is not in it"),
    "log.private_body": (
        "叶子里只有订单号、事件序号和哈希，没有姓名、账号、卡密和金额。依法删除个人信息后，哈希不变，证明照样成立。",
        "A leaf has an order number, an event number and a hash: no name, no account, no code, no amount. When personal data is erased by law, hashes stay and every proof still holds.",
    ),
    "log.machines": ("给程序的地址", "Addresses for programs"),
    "log.machines.tiles": ("哈希块和叶子（C2SP tlog-tiles）", "Tiles and entries (C2SP tlog-tiles)"),
    "log.machines.consistency": ("两次签名之间的证明", "Proof between two checkpoints"),
    "log.link": ("存证日志：自己核对记录", "Evidence log: check the record yourself"),
}
