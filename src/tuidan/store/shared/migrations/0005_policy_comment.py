from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("shared", "0004_appraiser")]

    operations = [
        migrations.CreateModel(
            name="PolicyComment",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("sha256", models.CharField(db_index=True, max_length=64)),
                ("person_id", models.UUIDField()),
                ("words", models.CharField(max_length=1000)),
                ("created_at", models.DateTimeField()),
            ],
            options={"db_table": "shared_policy_comment"},
        ),
    ]
