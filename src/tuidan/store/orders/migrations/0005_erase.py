"""The function that takes erasable words away, once an event orders it."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("orders", "0004_money")]
    operations = [
        migrations.RunSQL((SQL / "erase_v1.sql").read_text(encoding="utf-8"), migrations.RunSQL.noop)
    ]
