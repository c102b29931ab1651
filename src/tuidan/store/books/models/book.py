"""The row of a book: version and running totals with their CHECKs (domain/books/accounts.py says what they mean)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

TOTALS = (
    "taken_in_fen",
    "brought_fen",
    "owed_fen",
    "payable_fen",
    "held_fen",
    "reserve_fen",
    "deposit_fen",
    "paid_out_fen",
    "claimed_fen",
    "limit_fen",
    "available_fen",
    "out_fen",
    "borne_fen",
)


class BookRow(models.Model):
    """One book. `owner_id` is a shop, or the fund's fixed id."""

    owner_id = models.UUIDField(primary_key=True)
    version = models.BigIntegerField()
    head_hash = models.BinaryField()
    kind = models.TextField()
    named = models.BooleanField()
    order_fen_max = models.BigIntegerField()
    taken_in_fen = models.BigIntegerField()
    brought_fen = models.BigIntegerField()
    owed_fen = models.BigIntegerField()
    payable_fen = models.BigIntegerField()
    held_fen = models.BigIntegerField()
    reserve_fen = models.BigIntegerField()
    deposit_fen = models.BigIntegerField()
    paid_out_fen = models.BigIntegerField()
    claimed_fen = models.BigIntegerField()
    limit_fen = models.BigIntegerField()
    available_fen = models.BigIntegerField()
    out_fen = models.BigIntegerField()
    borne_fen = models.BigIntegerField()

    class Meta:
        db_table = "books_book"
        constraints = [
            models.CheckConstraint(
                name="books_no_account_below_zero",
                condition=Q(**{f"{name}__gte": 0 for name in TOTALS}),
            ),
            models.CheckConstraint(
                name="books_seller_adds_up",
                condition=Q(
                    taken_in_fen=F("payable_fen")
                    + F("held_fen")
                    + F("reserve_fen")
                    + F("deposit_fen")
                    + F("paid_out_fen")
                    + F("claimed_fen")
                    - F("owed_fen")
                    - F("brought_fen")
                ),
            ),
            models.CheckConstraint(
                name="books_fund_adds_up",
                condition=Q(limit_fen=F("available_fen") + F("out_fen") + F("borne_fen")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.owner_id)
