from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("shared", "0005_policy_comment")]

    operations = [
        migrations.AddField(
            model_name="shop",
            name="terms",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
    ]
