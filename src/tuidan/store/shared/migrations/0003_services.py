"""Terms of services and memberships on a listing, and the operators' switches."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("shared", "0002_policy_life")]

    operations = [
        migrations.AddField("listing", "plan_months", models.IntegerField(null=True)),
        migrations.AddField("listing", "renewable", models.BooleanField(db_default=False, default=False)),
        migrations.AddField("listing", "service", models.JSONField(null=True)),
        migrations.CreateModel(
            name="ServiceSwitch",
            fields=[
                ("type", models.CharField(max_length=20, primary_key=True, serialize=False)),
                ("on", models.BooleanField()),
                ("changed_at", models.DateTimeField()),
                ("changed_by", models.UUIDField(null=True)),
            ],
            options={"db_table": "shared_service_switch"},
        ),
    ]
