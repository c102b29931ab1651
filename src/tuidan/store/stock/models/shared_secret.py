"""A secret that is sold many times on purpose (complaint B8): the newest of a listing is what a new claim gets."""

from django.db import models


class StockSharedSecret(models.Model):
    """Distributed by listing_id. Never consumed and never changed; a later secret takes the place of an earlier one."""

    pk = models.CompositePrimaryKey("listing_id", "n")
    listing_id = models.UUIDField()
    n = models.IntegerField()
    code_id = models.UUIDField()
    seller_id = models.UUIDField()
    key_id = models.TextField()
    ciphertext = models.BinaryField()
    tail = models.TextField()
    created_at = models.DateTimeField()

    class Meta:
        db_table = "stock_shared_secret"
        constraints = [
            models.UniqueConstraint(fields=["listing_id", "code_id"], name="stock_shared_secret_code"),
        ]

    def __str__(self) -> str:
        return f"{self.listing_id}/{self.n}"
