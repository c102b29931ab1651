"""What the buyer fills in: the checkout, a refund request. Errors say what is wrong and how to put it right."""

from __future__ import annotations

import re
from collections.abc import Sequence
from uuid import UUID

from django import forms
from django.http import QueryDict

from tuidan.commands.dispute import WORDS_MAX
from tuidan.commands.order import Basket
from tuidan.domain.order import UNITS_PER_ORDER_MAX
from tuidan.reads.coupon import CouponRecord
from tuidan.web.buyer.listing_shown import ListingShown
from tuidan.web.shared.key import new_key
from tuidan.web.shared.language import current_language
from tuidan.web.shared.money import read_yuan, yuan
from tuidan.web.shared.words import say

NEEDS_ACCOUNT = frozenset({"top_up", "membership"})
ACCOUNT_CHARS_MAX = 60


def _w(key: str, **data: object) -> str:
    return say(key, current_language(), **data)


class CheckoutForm(forms.Form):
    """The confirmation of one order. Nothing is ticked beforehand (S-003)."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    quantity = forms.IntegerField(min_value=1, max_value=UNITS_PER_ORDER_MAX)
    account = forms.CharField(max_length=ACCOUNT_CHARS_MAX)
    account_again = forms.CharField(max_length=ACCOUNT_CHARS_MAX)
    own_account = forms.ChoiceField(widget=forms.RadioSelect)
    no_reason = forms.BooleanField()
    once_more = forms.BooleanField(required=False)
    declared_adult = forms.BooleanField()
    auto_renew = forms.BooleanField(required=False)
    coupon = forms.ChoiceField(widget=forms.RadioSelect, required=False)
    seen_price = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    def __init__(
        self, listing: ListingShown, data: QueryDict | None = None, coupons: Sequence[CouponRecord] = ()
    ) -> None:
        super().__init__(data, initial={"quantity": 1, "key": new_key(), "seen_price": listing.price_fen})
        self.listing = listing
        self._shape_coupon(coupons)
        bad = _w("checkout.quantity_bad")
        quantity = self.fields["quantity"]
        quantity.label, quantity.help_text = _w("checkout.quantity"), _w("checkout.quantity_hint")
        quantity.error_messages.update(dict.fromkeys(("required", "invalid", "min_value", "max_value"), bad))
        quantity.widget.attrs["inputmode"] = "numeric"
        self._shape_account()
        self.fields["once_more"].label = _w("checkout.once_more")
        self._shape_ticks()
        if listing.no_reason_excluded:
            tick = self.fields["no_reason"]
            tick.label = _w("checkout.no_reason", why=listing.no_reason_why)
            tick.help_text = _w("checkout.no_reason_hint")
            tick.error_messages = {"required": _w("checkout.no_reason_missing")}
        else:
            del self.fields["no_reason"]

    def _shape_coupon(self, coupons: Sequence[CouponRecord]) -> None:
        if not coupons:
            del self.fields["coupon"]
            return
        choices = [("", _w("checkout.coupon_none"))]
        choices += [
            (str(coupon.coupon_id), _w("checkout.coupon_off", amount=yuan(coupon.amount_fen)))
            for coupon in coupons
        ]
        field = self.fields["coupon"]
        assert isinstance(field, forms.ChoiceField)
        field.choices, field.label = choices, _w("checkout.coupon")

    def _shape_ticks(self) -> None:
        """The word of an adult and the wish to be told of a renewal: apart from the order, never ticked beforehand."""
        adult, again = self.fields["declared_adult"], self.fields["auto_renew"]
        adult.label, adult.help_text = _w("checkout.adult"), _w("checkout.adult_hint")
        adult.error_messages = {"required": _w("checkout.adult_missing")}
        again.label, again.help_text = _w("renewal.tick"), _w("renewal.tick_hint")
        if not self.listing.adults_only:
            del self.fields["declared_adult"]
        if not self.listing.renewable:
            del self.fields["auto_renew"]

    def _shape_account(self) -> None:
        """Twice and required where goods go to it; once where it only tells who activated a code; else not at all."""
        if self.listing.goods_kind in NEEDS_ACCOUNT:
            self._ask_account()
            return
        del self.fields["account_again"], self.fields["own_account"]
        if not self.listing.asks_account:
            del self.fields["account"]
            return
        account = self.fields["account"]
        account.required = False
        account.label, account.help_text = self.listing.account_label, _w("checkout.account_code_hint")
        account.widget.attrs["autocomplete"] = "off"

    def _ask_account(self) -> None:
        required = {"required": _w("form.required")}
        first, again, own = (self.fields[name] for name in ("account", "account_again", "own_account"))
        first.label, again.label = self.listing.account_label, _w("checkout.account_again")
        again.help_text = _w("checkout.account_again_hint")
        for field in (first, again):
            field.error_messages.update(required)
            field.widget.attrs["autocomplete"] = "off"
        assert isinstance(own, forms.ChoiceField)
        own.label, own.help_text = _w("checkout.own"), _w("checkout.own_hint")
        own.choices = [("yes", _w("checkout.own.yes")), ("no", _w("checkout.own.no"))]
        own.error_messages = {"required": _w("form.choose"), "invalid_choice": _w("form.choose")}

    def clean_account(self) -> str:
        """Hold the account against the listing's pattern, whole."""
        account = str(self.cleaned_data["account"]).strip()
        pattern = self.listing.account_pattern
        if account and pattern and not re.fullmatch(pattern, account):
            raise forms.ValidationError(_w("checkout.account_bad", label=self.listing.account_label))
        return account

    def clean_account_again(self) -> str:
        """Typed twice, because a top-up elsewhere is hard to get back (S-100)."""
        again = str(self.cleaned_data["account_again"]).strip()
        if "account" in self.cleaned_data and again != self.cleaned_data["account"]:
            raise forms.ValidationError(_w("checkout.account_differs"))
        return again

    def start_again(self) -> None:
        """After a refusal: keep what was typed, with a fresh key and the price as it is now."""
        again = QueryDict(mutable=True)
        again.update(self.data)
        again["key"], again["seen_price"] = new_key(), str(self.listing.price_fen)
        self.data = again

    def basket(self) -> Basket:
        """What the buyer confirmed; only after `is_valid`."""
        data = self.cleaned_data
        return Basket(
            listing_id=self.listing.id,
            quantity=data["quantity"],
            account=data.get("account", ""),
            own_account=data.get("own_account", "yes") == "yes",
            no_reason_excluded_confirmed=data.get("no_reason", False),
            seen_price_fen=data.get("seen_price") or 0,
            declared_adult=data.get("declared_adult", False),
            auto_renew=data.get("auto_renew", False),
            coupon_id=UUID(data["coupon"]) if data.get("coupon") else None,
        )


class RefundForm(forms.Form):
    """A refund request for one unit: the reason decides the rule, the words are for a person."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    reason = forms.ChoiceField(widget=forms.RadioSelect)
    amount = forms.CharField(required=False, max_length=16)
    text = forms.CharField(required=False, max_length=WORDS_MAX, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, reasons: tuple[str, ...], left_fen: int, data: QueryDict | None = None) -> None:
        super().__init__(data, initial={"key": new_key()})
        self.left_fen = left_fen
        choose = self.fields["reason"]
        assert isinstance(choose, forms.ChoiceField)
        choose.label, choose.choices = _w("refund.reason"), [(code, _w(f"reason.{code}")) for code in reasons]
        choose.error_messages = {"required": _w("form.choose"), "invalid_choice": _w("form.choose")}
        amount, text = self.fields["amount"], self.fields["text"]
        amount.label = _w("refund.amount") + _w("form.optional")
        amount.help_text = _w("refund.amount_hint", amount=yuan(left_fen))
        amount.widget.attrs["inputmode"] = "decimal"
        text.label, text.help_text = _w("refund.text") + _w("form.optional"), _w("refund.text_hint")
        text.widget.attrs["placeholder"] = _w("refund.text_example")
        text.error_messages = {"max_length": _w("form.too_long", n=WORDS_MAX)}

    def clean_amount(self) -> int:
        """Fen, 0 for all that is left."""
        typed = str(self.cleaned_data["amount"]).strip()
        if not typed:
            return 0
        fen = read_yuan(typed)
        if fen is None or not 0 < fen <= self.left_fen:
            raise forms.ValidationError(_w("refund.amount_bad", amount=yuan(self.left_fen)))
        return fen
