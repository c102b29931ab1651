# What a policy version needs to be published with notice; columns first, then what they must keep (S15).

from django.db import migrations, models

NUMBER_THEM = """
UPDATE shared_policy_version v SET n = o.n, published_at = v.effective_at
FROM (SELECT sha256, row_number() OVER (ORDER BY effective_at, sha256) AS n FROM shared_policy_version) o
WHERE o.sha256 = v.sha256
"""


class Migration(migrations.Migration):
    dependencies = [("shared", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="PolicyDraft",
            fields=[
                ("sha256", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("policy_id", models.CharField(max_length=40)),
                ("version", models.CharField(max_length=40)),
                ("body", models.BinaryField()),
                ("created_at", models.DateTimeField()),
                ("created_by", models.UUIDField(null=True)),
                ("examples", models.BinaryField(default=b"")),
                ("replay", models.JSONField(default=dict)),
            ],
            options={"db_table": "shared_policy_draft"},
        ),
        migrations.AddField("PolicyVersion", "n", models.IntegerField(null=True)),
        migrations.AddField("PolicyVersion", "published_at", models.DateTimeField(null=True)),
        migrations.AddField("PolicyVersion", "published_by", models.UUIDField(null=True)),
        migrations.AddField("PolicyVersion", "record", models.JSONField(null=True)),
        migrations.AddField("PolicyVersion", "withdrawn_at", models.DateTimeField(null=True)),
        migrations.AddField("PolicyVersion", "withdrawn_by", models.UUIDField(null=True)),
        migrations.RunSQL(NUMBER_THEM, migrations.RunSQL.noop),
        migrations.AlterField("PolicyVersion", "n", models.IntegerField(unique=True)),
        migrations.AlterField("PolicyVersion", "published_at", models.DateTimeField()),
    ]
