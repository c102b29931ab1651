"""What a channel takes back by itself gets a total of its own; the functions that write an order carry it.

Column first, constraint second (S15). The first version of the functions stays, for a process of the release before.
"""

from pathlib import Path

from django.db import migrations, models
from django.db.models import F, Q

SQL = Path(__file__).resolve().parent.parent / "sql"
ZERO = 0


def _text(name: str) -> str:
    return (SQL / f"{name}.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("orders", "0002_functions")]
    operations = [
        migrations.AddField("orderrow", "chargeback_fen", models.BigIntegerField(db_default=0)),
        migrations.RemoveConstraint("orderrow", "orders_no_account_below_zero"),
        migrations.RemoveConstraint("orderrow", "orders_refunds_within_received"),
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
                & Q(chargeback_fen__gte=ZERO),
            ),
        ),
        migrations.AddConstraint(
            "orderrow",
            models.CheckConstraint(
                name="orders_refunds_within_received",
                condition=Q(
                    received_fen__gte=F("refunding_fen")
                    + F("refunded_fen")
                    - F("suspense_fen")
                    - F("chargeback_fen")
                ),
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
                ),
            ),
        ),
        migrations.CreateModel(
            name="ChannelNotice",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "number", "digest", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.TextField()),
                ("digest", models.BinaryField()),
                ("channel", models.TextField()),
                ("body", models.BinaryField()),
                ("received_at", models.DateTimeField(db_index=True)),
                ("lease_until", models.DateTimeField(null=True)),
                ("tries", models.IntegerField()),
                ("applied_at", models.DateTimeField(null=True)),
                ("fault", models.TextField(null=True)),
            ],
            options={"db_table": "orders_channel_notice"},
        ),
        *(
            migrations.RunSQL(_text(name), migrations.RunSQL.noop)
            for name in ("append_v2", "append_many_v2", "channel_notice_v1")
        ),
    ]
