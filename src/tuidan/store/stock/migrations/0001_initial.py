"""The tables of the stock: codes, free codes, claims, fingerprints, shared secrets."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="StockFingerprint",
            fields=[
                ("fingerprint", models.BinaryField(primary_key=True, serialize=False)),
                ("seller_id", models.UUIDField()),
                ("listing_id", models.UUIDField()),
                ("code_id", models.UUIDField()),
            ],
            options={
                "db_table": "stock_fingerprint",
            },
        ),
        migrations.CreateModel(
            name="StockFree",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "listing_id", "code_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("listing_id", models.UUIDField()),
                ("code_id", models.UUIDField()),
            ],
            options={
                "db_table": "stock_free",
            },
        ),
        migrations.CreateModel(
            name="StockClaim",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "listing_id",
                        "order_id",
                        "unit",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("listing_id", models.UUIDField()),
                ("order_id", models.UUIDField()),
                ("unit", models.IntegerField()),
                ("code_id", models.UUIDField(null=True)),
                ("shared", models.BooleanField()),
                ("tail", models.TextField()),
                ("claimed_at", models.DateTimeField(null=True)),
                ("revealed_at", models.DateTimeField(null=True)),
                (
                    "ended_as",
                    models.TextField(
                        choices=[("freed", "freed"), ("returned", "returned"), ("void", "void")], null=True
                    ),
                ),
                ("ended_at", models.DateTimeField(null=True)),
                ("event_n", models.IntegerField(null=True)),
                ("issuer_status", models.TextField(null=True)),
                ("issuer_checked_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "stock_claim",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_as__isnull", True), ("shared", False)),
                        fields=("listing_id", "code_id"),
                        name="stock_claim_live",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_as__isnull", True),
                            ("ended_as__in", ["freed", "returned", "void"]),
                            _connector="OR",
                        ),
                        name="stock_claim_end",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_as__isnull", False), ("code_id__isnull", False), _connector="OR"
                        ),
                        name="stock_claim_holds",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("revealed_at__isnull", True),
                            ("ended_as__isnull", True),
                            ("ended_as", "void"),
                            _connector="OR",
                        ),
                        name="stock_claim_shown_stays",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StockCode",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "listing_id", "code_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("listing_id", models.UUIDField()),
                ("code_id", models.UUIDField()),
                ("seller_id", models.UUIDField()),
                ("key_id", models.TextField()),
                ("ciphertext", models.BinaryField()),
                ("tail", models.TextField()),
                (
                    "state",
                    models.TextField(
                        choices=[
                            ("free", "free"),
                            ("claimed", "claimed"),
                            ("revealed", "revealed"),
                            ("void", "void"),
                        ]
                    ),
                ),
                ("created_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField(null=True)),
                ("void_reason", models.TextField(null=True)),
            ],
            options={
                "db_table": "stock_code",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["free", "claimed", "revealed", "void"])),
                        name="stock_code_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "void"), ("void_reason__isnull", False)),
                            models.Q(
                                models.Q(("state", "void"), _negated=True), ("void_reason__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="stock_code_void_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StockSharedSecret",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "listing_id", "n", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("listing_id", models.UUIDField()),
                ("n", models.IntegerField()),
                ("code_id", models.UUIDField()),
                ("seller_id", models.UUIDField()),
                ("key_id", models.TextField()),
                ("ciphertext", models.BinaryField()),
                ("tail", models.TextField()),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "db_table": "stock_shared_secret",
                "constraints": [
                    models.UniqueConstraint(fields=("listing_id", "code_id"), name="stock_shared_secret_code")
                ],
            },
        ),
    ]
