"""The order's row: version, state and running totals with their CHECKs; and the snapshot confirmed at placing."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

ZERO = 0


class OrderRow(models.Model):
    """One order. Totals are fen; see domain/ledger.py for what they mean and which invariant each CHECK is."""

    order_id = models.UUIDField(primary_key=True)
    version = models.BigIntegerField()
    head_hash = models.BinaryField()
    status = models.TextField()
    buyer_id = models.UUIDField()
    seller_id = models.UUIDField()
    listing_id = models.UUIDField()
    currency = models.TextField()
    received_fen = models.BigIntegerField()
    escrow_fen = models.BigIntegerField()
    overpaid_fen = models.BigIntegerField()
    released_fen = models.BigIntegerField()
    advance_fen = models.BigIntegerField()
    refunding_fen = models.BigIntegerField()
    refunded_fen = models.BigIntegerField()
    suspense_fen = models.BigIntegerField()
    chargeback_fen = models.BigIntegerField(db_default=0)
    fees_fen = models.BigIntegerField(db_default=0)
    receivable_fen = models.BigIntegerField(db_default=0)
    charged_fen = models.BigIntegerField(db_default=0)
    compensating_fen = models.BigIntegerField(db_default=0)
    placed_at = models.DateTimeField()
    state = models.TextField()

    class Meta:
        db_table = "orders_order"
        constraints = [
            models.CheckConstraint(
                name="orders_no_account_below_zero",
                condition=Q(received_fen__gte=ZERO)
                & Q(escrow_fen__gte=ZERO)
                & Q(overpaid_fen__gte=ZERO)
                & Q(released_fen__gte=ZERO)
                & Q(advance_fen__gte=ZERO)
                & Q(refunding_fen__gte=ZERO)
                & Q(refunded_fen__gte=ZERO)
                & Q(suspense_fen__gte=ZERO)
                & Q(chargeback_fen__gte=ZERO)
                & Q(fees_fen__gte=ZERO)
                & Q(receivable_fen__gte=ZERO),
            ),
            models.CheckConstraint(
                name="orders_refunds_within_received",
                condition=Q(
                    received_fen__gte=F("refunding_fen")
                    + F("refunded_fen")
                    - F("suspense_fen")
                    - F("chargeback_fen")
                ),
            ),
            models.CheckConstraint(
                name="orders_money_adds_up",
                condition=Q(
                    received_fen=F("escrow_fen")
                    + F("overpaid_fen")
                    + F("released_fen")
                    + F("refunding_fen")
                    + F("refunded_fen")
                    - F("suspense_fen")
                    - F("advance_fen")
                    - F("chargeback_fen")
                    + F("fees_fen")
                    - F("receivable_fen")
                ),
            ),
            models.CheckConstraint(
                name="orders_compensation_within_charge",
                condition=Q(compensating_fen__gte=ZERO) & Q(compensating_fen__lte=F("charged_fen")),
            ),
            models.CheckConstraint(
                name="orders_closed_holds_nothing",
                condition=~Q(status__in=["refunded", "released", "expired"]) | Q(escrow_fen=ZERO),
            ),
        ]

    def __str__(self) -> str:
        return str(self.order_id)


class Snapshot(models.Model):
    """The listing and terms as the buyer confirmed them; `personal` is erasable and only proven in the events."""

    order_id = models.UUIDField(primary_key=True)
    body = models.BinaryField()
    personal = models.JSONField()

    class Meta:
        db_table = "orders_snapshot"

    def __str__(self) -> str:
        return str(self.order_id)
