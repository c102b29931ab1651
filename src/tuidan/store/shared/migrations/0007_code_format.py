from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("shared", "0006_shop_terms")]

    operations = [
        migrations.AddField(
            model_name="listing",
            name="code_format",
            field=models.JSONField(null=True),
        ),
    ]
