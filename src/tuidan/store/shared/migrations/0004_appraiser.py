from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("shared", "0003_services")]

    operations = [
        migrations.AddField(
            model_name="person",
            name="is_appraiser",
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]
