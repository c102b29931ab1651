"""The free codes of a listing, and nothing else: a claim deletes its row here, so it never scans past sold codes."""

from django.db import models


class StockFree(models.Model):
    """Distributed by listing_id. A row here and `state = free` in `stock_code` are written together."""

    pk = models.CompositePrimaryKey("listing_id", "code_id")
    listing_id = models.UUIDField()
    code_id = models.UUIDField()

    class Meta:
        db_table = "stock_free"

    def __str__(self) -> str:
        return f"{self.listing_id}/{self.code_id}"
