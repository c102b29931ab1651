"""The functions that write an order, and the foreign keys from its children to it (S4)."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"
FILES = ("append_v1", "append_many_v1", "work_v1", "claims_v1")
CHILDREN = ("event", "note", "posting", "outbox", "timer", "attempt", "notice", "snapshot")


def _text(name: str) -> str:
    return (SQL / f"{name}.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("orders", "0001_initial")]
    operations = [
        *(migrations.RunSQL(_text(name), migrations.RunSQL.noop) for name in FILES),
        *(
            migrations.RunSQL(
                f"ALTER TABLE orders_{child} ADD CONSTRAINT orders_{child}_of_order "
                "FOREIGN KEY (order_id) REFERENCES orders_order (order_id)",
                f"ALTER TABLE orders_{child} DROP CONSTRAINT orders_{child}_of_order",
            )
            for child in CHILDREN
        ),
    ]
