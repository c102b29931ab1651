"""One file of a seller that was brought into stock: how many lines it had, and how many became codes."""

from django.db import models


class StockImport(models.Model):
    """Distributed by listing_id. `at` is also the time at which its codes were made, so each code finds its file."""

    pk = models.CompositePrimaryKey("listing_id", "at")
    listing_id = models.UUIDField()
    at = models.DateTimeField()
    lines = models.IntegerField()
    imported = models.IntegerField()

    class Meta:
        db_table = "stock_import"

    def __str__(self) -> str:
        return f"{self.listing_id}/{self.at}"
