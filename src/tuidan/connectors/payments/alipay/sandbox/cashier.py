"""The cashier page on which a person pays. Chinese, for a phone first, without scripts."""

from __future__ import annotations

from html import escape
from typing import Any

from tuidan.connectors.payments.alipay.sandbox.wire import clock, yuan

Row = dict[str, Any]

STYLE = """
*{box-sizing:border-box}
body{margin:0;background:#f3f5f8;color:#1c2330;
 font:16px/1.55 -apple-system,"PingFang SC","Noto Sans SC","Microsoft YaHei",sans-serif}
main{max-width:440px;margin:0 auto;padding:0 16px 40px}
header{display:flex;align-items:center;justify-content:space-between;padding:16px 2px;color:#5b6675}
header b{color:#1c2330;font-size:16px;font-weight:600}
.tag{border:1px solid #c9d2de;border-radius:4px;padding:1px 7px;font-size:12px;color:#5b6675;background:#fff}
section{background:#fff;border-radius:14px;padding:22px 20px;margin-bottom:12px}
.sum{text-align:center;padding:28px 20px 22px}
.sum p{margin:0;color:#5b6675;overflow-wrap:anywhere}
.sum strong{display:block;font-size:40px;line-height:1.2;font-weight:600;margin-top:6px;
 font-variant-numeric:tabular-nums}
.sum small{font-size:22px;margin-right:3px}
h2{margin:0 0 6px;font-size:14px;font-weight:500;color:#5b6675}
label{display:flex;align-items:center;gap:12px;min-height:60px;border-bottom:1px solid #edf0f4;cursor:pointer}
label:last-of-type{border-bottom:0}
label input{width:20px;height:20px;margin:0;accent-color:#1466d6;flex:none}
label span{flex:1;min-width:0}
label em{display:block;font-style:normal;font-size:13px;color:#5b6675}
label i{font-style:normal;font-size:14px;color:#5b6675;font-variant-numeric:tabular-nums;white-space:nowrap}
label.off{color:#98a2b0;cursor:not-allowed}
label.off em,label.off i{color:#98a2b0}
button,.go{display:block;width:100%;height:52px;border:0;border-radius:12px;background:#1466d6;color:#fff;font:inherit;
 font-size:17px;font-weight:500;text-align:center;line-height:52px;text-decoration:none;cursor:pointer;margin-top:4px}
button:hover,.go:hover{background:#0f56b8}
button:focus-visible,.go:focus-visible,input:focus-visible{outline:3px solid #9cc2f5;outline-offset:2px}
dl{display:grid;grid-template-columns:auto 1fr;gap:8px 16px;margin:0;font-size:14px}
dt{color:#5b6675}dd{margin:0;text-align:right;overflow-wrap:anywhere}
.wrong{background:#fdeceb;color:#a3231a;border-radius:10px;padding:12px 14px;margin:0 0 12px;font-size:15px}
.state{text-align:center;font-size:20px;font-weight:600;margin:0 0 4px}
.end p{margin:0;text-align:center}
.ok{color:#14743c}.no{color:#5b6675}
footer{text-align:center;font-size:12px;color:#7b8696;padding-top:8px}
"""


def page(title: str, body: str) -> str:
    """A whole page."""
    return (
        f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<style>{STYLE}</style></head><body><main>"
        f'<header><b>收银台</b><span class="tag">支付沙箱 · 不动真钱</span></header>{body}'
        "<footer>本页由本地支付沙箱提供，账户与余额均为虚构</footer></main></body></html>"
    )


def to_pay(trade: Row, payers: list[Row], wrong: str = "") -> str:
    """The page with the accounts to choose from."""
    enough = [payer["user_id"] for payer in payers if payer["balance_fen"] >= trade["amount_fen"]]
    choices = "".join(_choice(payer, enough, trade) for payer in payers)
    warning = f'<p class="wrong" role="alert">{escape(wrong)}</p>' if wrong else ""
    body = (
        f"{_sum(trade)}{warning}"
        f'<form method="post" action="/cashier/{trade["token"]}/pay">'
        f"<section><h2>付款账户</h2>{choices}</section>"
        "<button>确认付款</button></form>"
        f'<section style="margin-top:16px">{_facts(trade)}</section>'
    )
    return page("确认付款", body)


def _choice(payer: Row, enough: list[str], trade: Row) -> str:
    can = payer["user_id"] in enough
    checked = " checked" if enough and payer["user_id"] == enough[0] else ""
    note = escape(payer["logon"]) if can else f"{escape(payer['logon'])} · 余额不足"
    return (
        f'<label{"" if can else " class=off"}><input type="radio" name="account" value="{payer["user_id"]}"'
        f"{checked}{'' if can else ' disabled'} required><span>{escape(payer['name'])}<em>{note}</em></span>"
        f"<i>余额 ¥{payer['balance_fen'] // 100:,}.{payer['balance_fen'] % 100:02d}</i></label>"
    )


def paid(trade: Row, payer: Row, return_address: str) -> str:
    """After the payment, when there is no address to go back to, or when the page is opened again."""
    go = f'<a class="go" href="{escape(return_address)}">返回商家</a>' if return_address else ""
    state = "已全额退款" if trade["refunded_fen"] == trade["amount_fen"] else "付款成功"
    back = f"<dt>已退款</dt><dd>¥{yuan(trade['refunded_fen'])}</dd>" if trade["refunded_fen"] else ""
    facts = (
        f"<dl><dt>付款账户</dt><dd>{escape(payer['name'])} {escape(payer['logon'])}</dd>"
        f"<dt>付款时间</dt><dd>{clock(trade['paid_at'])}</dd>{back}</dl>"
    )
    body = f'{_sum(trade)}<section><p class="state ok">{state}</p></section><section>{facts}</section>{go}'
    return page(state, body)


def closed(trade: Row) -> str:
    """A trade that can no longer be paid."""
    text = "<p>这笔交易没有付款，也不会扣款。请回商家重新下单。</p>"
    return page(
        "交易已关闭", f'{_sum(trade)}<section class="end"><p class="state no">交易已关闭</p>{text}</section>'
    )


def message(text: str) -> str:
    """A page with one sentence."""
    return page(text, f'<section><p class="state no">{escape(text)}</p></section>')


def _sum(trade: Row) -> str:
    return (
        f'<section class="sum"><p>{escape(trade["subject"])}</p>'
        f"<strong><small>¥</small>{yuan(trade['amount_fen'])}</strong></section>"
    )


def _facts(trade: Row) -> str:
    until = f"<dt>请在此前付款</dt><dd>{clock(trade['expires_at'])}</dd>" if trade["expires_at"] else ""
    number = escape(trade["out_trade_no"])
    return f"<dl><dt>收款方</dt><dd>退单商城</dd><dt>商户订单号</dt><dd>{number}</dd>{until}</dl>"
