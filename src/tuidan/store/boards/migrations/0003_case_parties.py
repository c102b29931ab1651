from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("boards", "0002_question")]

    operations = [
        migrations.AddField(
            model_name="caseboard",
            name="waits_for",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
        migrations.AddField(model_name="caseboard", name="appraiser_id", field=models.UUIDField(null=True)),
        migrations.AddIndex(
            model_name="caseboard",
            index=models.Index(fields=["seller_id", "waits_for", "due_at"], name="board_case_shop"),
        ),
        migrations.AddIndex(
            model_name="caseboard",
            index=models.Index(fields=["appraiser_id", "status", "due_at"], name="board_case_appraiser"),
        ),
    ]
