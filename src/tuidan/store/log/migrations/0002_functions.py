"""The functions that write the log, and the row that carries its size. Hashes do not compress: nothing tries to."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("log", "0001_initial")]
    operations = [
        migrations.RunSQL((SQL / "log_v1.sql").read_text(encoding="utf-8"), migrations.RunSQL.noop),
        migrations.RunSQL("INSERT INTO log_tree (id, size) VALUES (1, 0)", migrations.RunSQL.noop),
        migrations.RunSQL(
            "ALTER TABLE log_tile ALTER COLUMN data SET STORAGE EXTERNAL", migrations.RunSQL.noop
        ),
    ]
