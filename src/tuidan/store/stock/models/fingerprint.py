"""Every code that was ever imported, by keyed fingerprint: the same code of the same seller exists once, for ever."""

from django.db import models


class StockFingerprint(models.Model):
    """Distributed by fingerprint: global uniqueness is a table of its own (S3). Rows are never removed."""

    fingerprint = models.BinaryField(primary_key=True)
    seller_id = models.UUIDField()
    listing_id = models.UUIDField()
    code_id = models.UUIDField()

    class Meta:
        db_table = "stock_fingerprint"

    def __str__(self) -> str:
        return f"{self.listing_id}/{self.code_id}"
