"""How many mistakes of the buyer an order forgave: the history that R24 asks for."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("boards", "0003_case_parties")]

    operations = [
        migrations.AddField("orderboard", "misoperations", models.IntegerField(db_default=0)),
    ]
