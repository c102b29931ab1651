"""`/_parts`: every part with sample data, for the eye. Only in a demo or while debugging; 404 otherwise."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from tuidan.web.shared.badges import BADGES

KINDS = ("card_code", "top_up", "membership", "service")


class SampleForm(forms.Form):
    """One field of each sort, all wrong, to see how errors look."""

    account = forms.CharField(label="充值账号 / Account", help_text="11 位手机号 / 11 digits")
    again = forms.CharField(label="再填一次 / Again")
    reason = forms.ChoiceField(
        label="原因 / Reason",
        widget=forms.RadioSelect,
        choices=[("a", "卡密提示已被激活 / Already activated"), ("b", "卡密无效 / Invalid code")],
    )
    words = forms.CharField(label="发生了什么 / What happened", widget=forms.Textarea, max_length=500)
    agree = forms.BooleanField(
        label="我知道这件商品不适用七天无理由退货 / I know that seven-day return does not apply"
    )


def _samples(request: HttpRequest) -> dict[str, Any]:
    now = request.now  # type: ignore[attr-defined]
    form = SampleForm(
        {"account": "1381234567", "again": "", "words": "充值账号 138****5678，显示成功，一直没有到账。"}
    )
    form.add_error("account", "手机号是 11 位，您填了 10 位。/ This number has 10 digits, it needs 11.")
    steps = [
        ("done", "已决定 / Decided", now - timedelta(minutes=6)),
        ("now", "已提交支付宝 / Sent", None),
        ("", "已到账 / Arrived", None),
    ]
    stages = [
        ("done", "沟通 / Contact"),
        ("done", "申请 / Request"),
        ("now", "举证 / Evidence"),
        ("", "结果 / Result"),
    ]
    return {
        "form": form,
        "kinds": KINDS,
        "states": list(BADGES),
        "soon": now + timedelta(seconds=192),
        "later": now + timedelta(days=2, hours=5),
        "past": now,
        "steps": [{"state": state, "word": word, "at": at} for state, word, at in steps],
        "stages": [{"state": state, "word": word} for state, word in stages],
        "rows": [
            {
                "at": now,
                "actor": "系统 / System",
                "act": "充值失败，已自动退款 ¥50.00 / Top-up failed, ¥50.00 refunded",
                "proof": "9f2c4e" * 10,
            },
            {
                "at": now - timedelta(minutes=3),
                "actor": "供货商 / Supplier",
                "act": "回报失败 / Reported failure",
                "proof": "51ab90" * 10,
            },
            {
                "at": now - timedelta(days=3),
                "actor": "买家 / Buyer",
                "act": "付款 ¥50.00 / Paid ¥50.00",
                "proof": "",
            },
        ],
        "reasons": [
            {
                "side": "yes",
                "text": "激活时间早于您查看卡密 / Activated before you saw the code",
                "rule": "R5",
            },
            {"side": "no", "text": "退款窗口已过 12 秒 / The window closed 12 s ago", "rule": "R2"},
            {
                "side": "",
                "text": "同类商品 7 天内未查看可退 / Unseen codes can be returned for 7 days",
                "rule": "R3",
            },
        ],
        "order": "019ab3f2-5a1c-7c3e-9b1d-2f00c0ffee01",
        "long": "超级长的商品名：全国通用游戏点卡一卡通 3000 点（含赠送 300 点，支持端游手游，官方直充，说明见下）",
    }


def parts(request: HttpRequest) -> HttpResponse:
    """Show all parts."""
    if not (settings.DEBUG or getattr(settings, "TUIDAN_DEMO", False)):
        raise Http404
    return render(request, "shared/parts_page.html", _samples(request))
