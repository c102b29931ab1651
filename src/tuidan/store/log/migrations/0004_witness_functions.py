"""The functions that write how far the witnesses are, and the tokens."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("log", "0003_witness")]
    operations = [
        migrations.RunSQL((SQL / "witness_v1.sql").read_text(encoding="utf-8"), migrations.RunSQL.noop),
    ]
