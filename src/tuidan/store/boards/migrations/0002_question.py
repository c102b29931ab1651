from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("boards", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="QuestionBoard",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "order_id", "unit", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("order_id", models.UUIDField()),
                ("unit", models.IntegerField()),
                ("version", models.BigIntegerField()),
                ("seller_id", models.UUIDField()),
                ("title", models.TextField()),
                ("goods_kind", models.TextField()),
                ("status", models.TextField()),
                ("due_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "boards_question",
                "indexes": [
                    models.Index(fields=["seller_id", "status", "due_at"], name="board_question_shop")
                ],
            },
        ),
    ]
