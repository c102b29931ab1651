"""One unique code: sealed, with its state. Shared secrets have a table of their own (`shared_secret.py`)."""

from django.db import models

from tuidan.domain.stock import CodeState


class StockCode(models.Model):
    """Distributed by listing_id. Written by SQL in this app alone; `state` moves by the domain's table only."""

    pk = models.CompositePrimaryKey("listing_id", "code_id")
    listing_id = models.UUIDField()
    code_id = models.UUIDField()
    seller_id = models.UUIDField()
    key_id = models.TextField()
    ciphertext = models.BinaryField()
    tail = models.TextField()
    state = models.TextField(choices=[(state.value, state.value) for state in CodeState])
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True)
    void_reason = models.TextField(null=True)
    import_line = models.IntegerField(null=True)

    class Meta:
        db_table = "stock_code"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=[state.value for state in CodeState]), name="stock_code_state"
            ),
            models.CheckConstraint(
                condition=models.Q(state="void", void_reason__isnull=False)
                | (~models.Q(state="void") & models.Q(void_reason__isnull=True)),
                name="stock_code_void_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.listing_id}/{self.code_id} {self.state}"
