"""One line per refund request for the reviewers' queue and the seller's list."""

from __future__ import annotations

from django.db import models


class CaseBoard(models.Model):
    pk = models.CompositePrimaryKey("order_id", "case_n")
    order_id = models.UUIDField()
    case_n = models.IntegerField()
    version = models.BigIntegerField()
    seller_id = models.UUIDField()
    title = models.TextField()
    goods_kind = models.TextField()
    unit = models.IntegerField()
    reason = models.TextField()
    status = models.TextField()
    route = models.TextField(blank=True)
    amount_fen = models.BigIntegerField()
    due_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    waits_for = models.TextField(blank=True, default="", db_default="")
    appraiser_id = models.UUIDField(null=True)

    class Meta:
        db_table = "boards_case"
        indexes = [
            models.Index(fields=["status", "due_at"], name="board_case_queue"),
            models.Index(fields=["seller_id", "waits_for", "due_at"], name="board_case_shop"),
            models.Index(fields=["appraiser_id", "status", "due_at"], name="board_case_appraiser"),
        ]

    def __str__(self) -> str:
        return f"{self.order_id}/{self.case_n}"
