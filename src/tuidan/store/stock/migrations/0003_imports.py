"""Which file a code came from, and its line there: the first step of a code's life."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("stock", "0002_claim_functions")]

    operations = [
        migrations.CreateModel(
            name="StockImport",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "listing_id", "at", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("listing_id", models.UUIDField()),
                ("at", models.DateTimeField()),
                ("lines", models.IntegerField()),
                ("imported", models.IntegerField()),
            ],
            options={"db_table": "stock_import"},
        ),
        migrations.AddField(
            model_name="stockcode",
            name="import_line",
            field=models.IntegerField(null=True),
        ),
    ]
