"""What the verifier says: one clear sentence for each code, Chinese and English."""

from __future__ import annotations

import re

from tuidan.verifier.finding import FAULT, NOTE, Line

MARKS = {"ok": ("通过", "ok"), NOTE: ("注意", "note"), FAULT: ("不符", "WRONG")}
CHECKED = {
    "about": ("这是订单 {order} 的证据包，共 {count} 个事件", "this is the bundle of order {order}, with {count} events"),
    "files_hold": ("{count} 个文件与清单逐字节一致，没有多出的文件", "{count} files are the listed ones byte for byte, and no other is there"),
    "list_signed": ("平台 {name} 已对清单签名，签名有效", "the platform ({name}) has signed the list, and the signature holds"),
    "chain_holds": ("{count} 个事件首尾相接，无一改动、缺失或调换；链头 {head}", "{count} events follow one another, none changed, missing or swapped; head {head}"),
    "proof_holds": ("事件 1 至 {n} 已记入公开日志：第 {index} 号叶，日志共 {size} 条", "events 1 to {n} are in the log: leaf {index} of {size}"),
    "signature_holds": ("日志 {name} 已对检查点签名，签名有效", "the log {name} has signed the checkpoint, and the signature holds"),
    "witness_holds": ("见证方 {name} 于 {at} 联署了这个检查点", "the witness {name} cosigned this checkpoint at {at}"),
    "token_holds": ("可信时间戳有效：检查点在 {at} 已存在，签发者 {signer}", "the time token holds: the checkpoint existed at {at}, says {signer}"),
    "listing_holds": ("商品与条款快照正是买家下单时确认的那一份：{title}", "listing and terms are those the buyer confirmed: {title}"),
    "policy_holds": ("退款规则正是下单时固定的那一版：{sha256}", "the refund rules are the version fixed when the order was placed: {sha256}"),
    "ledger_holds": ("{count} 条账目与事件一致：收款 {paid} 分，退出 {back} 分", "{count} postings agree with the events: {paid} fen came in, {back} fen went back"),
    "decisions_hold": ("{count} 次裁决与事件所记一致", "{count} decisions stand so in the events"),
    "decided_again": ("事件 {n} 的裁决按包内规则与事实重算，结果相同", "the decision of event {n}, made again from the rules and facts in the bundle, is the same"),
    "words_hold": ("{count} 段文字与事件中的加盐哈希一致", "{count} texts agree with the salted hashes in the events"),
    "evidence_holds": ("{count} 个证据文件与事件所记的 SHA-256 一致", "files of evidence with the SHA-256 that the events name: {count}"),
}  # fmt: skip
NOTES = {
    "key_as_told": ("日志公钥取自证据包本身，请与平台公布的核对：{name} 指纹 {fingerprint}", "the log's key is the one the bundle tells; compare it with the published one: {name}, fingerprint {fingerprint}"),
    "desk_as_told": ("清单签名的公钥取自证据包本身，请与平台公布的核对：{name} 指纹 {fingerprint}", "the key under the list is the one the bundle tells; compare it: {name}, fingerprint {fingerprint}"),
    "witness_as_told": ("见证方 {name} 于 {at} 联署（公钥取自证据包本身，指纹 {fingerprint}）", "cosigned by {name} at {at} (key as told by the bundle, fingerprint {fingerprint})"),
    "authority_as_told": ("时间戳机构的证书取自证据包本身，请核对：{name}，SHA-256 {fingerprint}", "the time-stamp authority's certificate is the one the bundle tells; compare it: {name}, SHA-256 {fingerprint}"),
    "no_token": ("包内没有可信时间戳：时间以平台与见证方的记录为准", "there is no time token: the times are those of the platform and of witnesses"),
    "token_elsewhere": ("可信时间戳请用 verify.py 或 openssl 核对：浏览器里不核对它", "check the time token with verify.py or openssl: the browser does not"),
    "words_absent": ("事件 {n} 的文字不在包内：已删除，或不向索取方出示", "the words of event {n} are not here: erased, or not shown to who asked"),
    "evidence_absent_erased": ("事件 {n} 的证据文件已按规定删除（SHA-256 {sha256}）", "the file of event {n} was erased by rule (SHA-256 {sha256})"),
    "evidence_absent_not_shown": ("事件 {n} 的证据文件不向索取方出示（SHA-256 {sha256}）", "the file of event {n} is not shown to who asked (SHA-256 {sha256})"),
    "evidence_absent_too_large": ("事件 {n} 的证据文件太大，请单独下载（SHA-256 {sha256}）", "the file of event {n} is too large for the bundle; download it apart (SHA-256 {sha256})"),
    "evidence_absent_unavailable": ("事件 {n} 的证据文件当时读不到（SHA-256 {sha256}）", "the file of event {n} could not be read at the time (SHA-256 {sha256})"),
    "not_decided_again": ("裁决没有重算：这个版本读不懂包内的规则", "the decisions were not made again: this version cannot read the rules"),
}  # fmt: skip
FAULTS = {
    "cannot_open": ("打不开文件 {path}", "the file {path} cannot be opened"),
    "not_a_zip": ("这不是 ZIP 文件，或文件不完整", "this is no ZIP file, or not a whole one"),
    "zip_changed": ("ZIP 的结构被改动过（在 {place} 处）：证据包经过改动或重新打包", "the ZIP itself was changed at {place}: the bundle was altered or packed anew"),
    "packed": ("文件 {name} 是压缩的：平台的证据包从不压缩，拒绝展开", "the file {name} is compressed: a bundle never is, so it is not unpacked"),
    "twice": ("文件 {name} 出现了两次", "the file {name} is there twice"),
    "too_many_files": ("文件数目超过 {most}，拒绝检查", "there are more than {most} files; refused"),
    "too_large": ("文件 {name} 超过 {most} 字节，拒绝读取", "the file {name} has more than {most} bytes; refused"),
    "unknown_file": ("多出一个不明文件 {name}", "there is an unknown extra file {name}"),
    "file_not_listed": ("文件 {name} 不在清单里：是后来放进去的", "the file {name} is not on the list: it was put in later"),
    "missing_file": ("缺少文件 {name}", "the file {name} is missing"),
    "file_changed": ("{thing}（{name}）与清单 manifest.json 不符：两者之一被改动过", "{thing} ({name}) is not what manifest.json lists: one of the two was changed"),
    "not_json": ("文件 {name} 不是可读的 JSON", "the file {name} is no readable JSON"),
    "not_canonical": ("文件 {name} 不是规范写法的 JSON：被改动过", "the file {name} is no JSON in canonical form: it was changed"),
    "bad_field": ("字段 {name} 的内容不对", "the field {name} holds something wrong"),
    "unknown_format": ("清单的格式不认识：{told}", "the list's format is unknown: {told}"),
    "list_not_signed": ("清单 manifest.json 没有 {name} 的有效签名：清单或其中的文件被改动过", "manifest.json is not signed by {name}: the list, or a file on it, was changed"),
    "no_events": ("包内没有事件", "there are no events"),
    "event_changed": ("事件 {n} 被改动过：与哈希链不符", "event {n} was changed: it does not fit the chain of hashes"),
    "events_swapped": ("事件 {n} 与事件 {other} 被调换", "events {n} and {other} were swapped"),
    "event_missing": ("缺少事件 {n}", "event {n} is missing"),
    "event_added": ("事件 {n} 是多出来的：哈希链里没有它", "event {n} was added: the chain does not have it"),
    "event_misplaced": ("文件位置上的事件 {n} 自称是事件 {told}，或属于另一个订单", "what stands in the place of event {n} calls itself event {told}, or belongs to another order"),
    "event_count": ("清单说有 {told} 个事件，实际有 {count} 个", "the list says {told} events, there are {count}"),
    "chain_broken": ("哈希链断了，后面的检查没有意义", "the chain of events is broken; nothing after it can be checked"),
    "bad_chain_list": ("events/chain.txt 第 {n} 行不对", "line {n} of events/chain.txt is wrong"),
    "head_foreign": ("head.entry 不是这个订单的日志条目", "head.entry is no log entry of this order"),
    "head_differs": ("日志里记的事件 {n} 是另一个：事件 1 至 {n} 中至少有一个被改动、删去或添加", "the log has another event {n}: at least one of events 1 to {n} was changed, removed or added"),
    "bad_proof": ("日志证明 head.tlog-proof 读不懂", "the proof head.tlog-proof cannot be read"),
    "proof_of_other_checkpoint": ("日志证明属于另一个检查点", "the proof belongs to another checkpoint"),
    "proof_fails": ("日志证明不成立：第 {index} 号叶不在这个共 {size} 条的日志里", "the proof does not hold: leaf {index} is not in this log of {size}"),
    "not_covered_yet": ("事件 {first} 至 {last} 还没有记入日志：请过一秒重新索取证据包", "events {first} to {last} are not in the log yet: ask for the bundle again in a second"),
    "not_in_log": ("包内没有日志证明：这些事件还没有记入日志，请重新索取证据包", "there is no proof of the log: these events are not in it yet; ask for the bundle again"),
    "bad_checkpoint": ("检查点 checkpoint 读不懂", "the checkpoint cannot be read"),
    "bad_key": ("公钥（vkey）读不懂", "a key (vkey) cannot be read"),
    "no_ed25519": ("这个浏览器不会核对 Ed25519 签名：请换新版浏览器，或用 verify.py", "this browser cannot check Ed25519 signatures: use a current one, or verify.py"),
    "bad_signature": ("{name} 在检查点上的签名无效", "the signature of {name} on the checkpoint does not hold"),
    "not_signed_by_log": ("检查点没有 {name} 的签名", "the checkpoint is not signed by {name}"),
    "witness_missing": ("检查点没有见证方 {name} 的联署", "the checkpoint is not cosigned by the witness {name}"),
    "bad_authority": ("时间戳机构的证书读不懂", "the certificates of the time-stamp authority cannot be read"),
    "bad_token": ("可信时间戳读不懂：checkpoint.tsr 被改动过", "the time token cannot be read: checkpoint.tsr was changed"),
    "token_not_granted": ("可信时间戳是一份拒绝", "the time token is a refusal"),
    "token_of_other_bytes": ("可信时间戳盖的不是这个检查点", "the time token is over other bytes than this checkpoint"),
    "token_changed": ("可信时间戳的签名无效", "the signature of the time token does not hold"),
    "token_signer_missing": ("可信时间戳里没有签发者的证书", "the time token lacks the certificate of who signed it"),
    "token_signer_unfit": ("签发者的证书不是用于时间戳的", "the certificate that signed the time token is not for time stamps"),
    "token_signer_expired": ("签发者的证书在 {at} 不在有效期内", "the certificate that signed the time token was not valid at {at}"),
    "token_signer_unknown": ("签发者的证书不是由所给的机构签发的", "the certificate that signed the time token does not come from the given authority"),
    "not_an_order": ("第一个事件不是下单", "the first event does not place an order"),
    "listing_differs": ("商品快照 listing.json 不是买家下单时确认的那一份", "listing.json is not the listing that the buyer confirmed"),
    "policy_foreign": ("{name} 不是这个订单的规则", "{name} is not the policy of this order"),
    "policy_changed": ("规则文件 {name} 被改动过", "the policy {name} was changed"),
    "ledger_foreign": ("ledger.json 的订单、币种或字段不对", "order, currency or fields of ledger.json are wrong"),
    "posting_differs": ("ledger.json 第 {n} 条账目不符：写的是 {told} 分，事件 {event} 是 {due} 分或另外的科目", "posting {n} of ledger.json differs: it says {told} fen, event {event} says {due} fen, or other accounts"),
    "posting_added": ("ledger.json 第 {n} 条账目（{told} 分）没有事件支持", "posting {n} of ledger.json ({told} fen) has no event behind it"),
    "posting_missing": ("ledger.json 缺少事件 {event} 的 {due} 分账目", "ledger.json lacks the {due} fen of event {event}"),
    "balances_differ": ("ledger.json 的余额与账目不符", "the balances of ledger.json do not follow from the events"),
    "decision_differs": ("{name} 中事件 {n} 的裁决与事件所记不同", "the decision of event {n} in {name} is not the one that stands in the event"),
    "decided_otherwise": ("事件 {n} 的裁决按包内规则与事实重算，结果不同", "the decision of event {n}, made again from the rules and facts in the bundle, comes out otherwise"),
    "facts_differ": ("{name} 中事件 {n} 的事实与订单不符", "the facts of event {n} in {name} do not belong to this order"),
    "words_differ": ("事件 {n} 的文字（{name}）被改动过：与事件里的哈希不符", "the words of event {n} ({name}) were changed: they do not have the hash that the event holds"),
    "words_of_nothing": ("有文字文件不属于任何事件", "there are words that belong to no event"),
    "evidence_changed": ("证据文件 {name} 被改动过", "the file of evidence {name} was changed"),
    "evidence_of_nothing": ("证据文件 {name} 不属于任何事件", "the file of evidence {name} belongs to no event"),
    "evidence_missing": ("缺少事件 {n} 的证据文件 {name}", "the file of evidence {name} of event {n} is missing"),
}  # fmt: skip
THINGS = (
    (re.compile(r"events/0*([0-9]+)\.json"), ("事件 {0}", "event {0}")),
    (re.compile(r"words/0*([0-9]+)\.txt"), ("事件 {0} 的文字", "the words of event {0}")),
    (re.compile(r"evidence/.*"), ("证据文件", "a file of evidence")),
    (re.compile(r"ledger\.json"), ("账目", "the ledger")),
    (re.compile(r"listing\.json"), ("商品快照", "the listing")),
    (re.compile(r"policy/.*"), ("退款规则", "the policy")),
    (re.compile(r"decision-([0-9]+)\..*"), ("案件 {0} 的裁决", "the decision of case {0}")),
    (re.compile(r"head\.(?:entry|tlog-proof)"), ("日志证明", "the log's proof")),
    (re.compile(r"checkpoint"), ("检查点", "the checkpoint")),
    (re.compile(r"checkpoint\.tsr|tsa-ca\.pem"), ("可信时间戳", "the time token")),
    (re.compile(r"log\.vkey|policy\.txt"), ("日志公钥", "the log's key")),
)
HOLDS = ("全部通过：证据包完整，自记录以来未被改动。", "All of it holds: the bundle is whole and was not changed since it was recorded.")  # fmt: skip
FAILS = ("检查不通过：{count} 处不符，这个证据包不可信。", "Not to be trusted. Wrong in this bundle: {count}.")  # fmt: skip


def thing_of(name: str, language: int) -> str:
    """What a file of the bundle is, in words."""
    for pattern, words in THINGS:
        match = pattern.fullmatch(name)
        if match:
            return words[language].format(*match.groups())
    return ("文件", "the file")[language]


def sentence(line: Line, language: int) -> str:
    """The sentence of one line of the report; language 0 is Chinese, 1 English."""
    words = {**CHECKED, **NOTES, **FAULTS}[line.code][language]
    data = dict(line.data)
    if line.code == "file_changed":
        data["thing"] = thing_of(str(data["name"]), language)
    return words.format(**data)
