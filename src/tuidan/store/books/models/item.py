"""What a book knows of one thing of one order: an arrival, a hold, a claim, a draw. A fold of the book's events."""

from __future__ import annotations

from django.db import models


class BookItem(models.Model):
    pk = models.CompositePrimaryKey("owner_id", "what", "order_id", "n")
    owner_id = models.UUIDField()
    what = models.TextField()
    order_id = models.UUIDField(db_index=True)
    n = models.BigIntegerField()
    given_fen = models.BigIntegerField()
    open_fen = models.BigIntegerField()
    borne_fen = models.BigIntegerField()
    seen = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        db_table = "books_item"
        indexes = [
            models.Index(
                fields=["owner_id", "at"], name="books_item_open", condition=models.Q(open_fen__gt=0)
            )
        ]

    def __str__(self) -> str:
        return f"{self.owner_id}/{self.what}/{self.order_id}/{self.n}"
