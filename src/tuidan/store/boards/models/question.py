"""One line per question of a buyer to a shop, for the shop's desk."""

from __future__ import annotations

from django.db import models


class QuestionBoard(models.Model):
    """`due_at` is the last moment for an answer in time; null where no clock was started."""

    pk = models.CompositePrimaryKey("order_id", "unit")
    order_id = models.UUIDField()
    unit = models.IntegerField()
    version = models.BigIntegerField()
    seller_id = models.UUIDField()
    title = models.TextField()
    goods_kind = models.TextField()
    status = models.TextField()
    due_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "boards_question"
        indexes = [models.Index(fields=["seller_id", "status", "due_at"], name="board_question_shop")]

    def __str__(self) -> str:
        return f"{self.order_id}/{self.unit}"
