"""The function that writes a book, and the foreign keys from its children to it (S4)."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"
CHILDREN = ("event", "posting", "item")


class Migration(migrations.Migration):
    dependencies = [("books", "0001_initial")]
    operations = [
        migrations.RunSQL((SQL / "append_v1.sql").read_text(encoding="utf-8"), migrations.RunSQL.noop),
        *(
            migrations.RunSQL(
                f"ALTER TABLE books_{child} ADD CONSTRAINT books_{child}_of_book "
                "FOREIGN KEY (owner_id) REFERENCES books_book (owner_id)",
                f"ALTER TABLE books_{child} DROP CONSTRAINT books_{child}_of_book",
            )
            for child in CHILDREN
        ),
    ]
