"""Fees, recalls and compensations get totals of their own; the functions that write an order carry them.

Column first, constraint second (S15). The functions before stay, for a process of the release before.
"""

from pathlib import Path

from django.db import migrations, models
from django.db.models import F, Q

SQL = Path(__file__).resolve().parent.parent / "sql"
ZERO = 0
COLUMNS = ("fees_fen", "receivable_fen", "charged_fen", "compensating_fen")


def _text(name: str) -> str:
    return (SQL / f"{name}.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("orders", "0003_chargeback")]
    operations = [
        *(migrations.AddField("orderrow", name, models.BigIntegerField(db_default=0)) for name in COLUMNS),
        migrations.RemoveConstraint("orderrow", "orders_no_account_below_zero"),
        migrations.RemoveConstraint("orderrow", "orders_money_adds_up"),
        migrations.AddConstraint(
            "orderrow",
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
        ),
        migrations.AddConstraint(
            "orderrow",
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
        ),
        migrations.AddConstraint(
            "orderrow",
            models.CheckConstraint(
                name="orders_compensation_within_charge",
                condition=Q(compensating_fen__gte=ZERO) & Q(compensating_fen__lte=F("charged_fen")),
            ),
        ),
        *(migrations.RunSQL(_text(name), migrations.RunSQL.noop) for name in ("append_v3", "append_many_v3")),
    ]
