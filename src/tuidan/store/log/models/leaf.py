"""The tree: its size, its leaves, and its hashes in tiles (domain/tlog/tiles.py)."""

from __future__ import annotations

from django.db import models


class Tree(models.Model):
    """The one row; whoever appends moves `size` on by compare-and-set."""

    id = models.SmallIntegerField(primary_key=True)
    size = models.BigIntegerField()

    class Meta:
        db_table = "log_tree"

    def __str__(self) -> str:
        return str(self.size)


class Leaf(models.Model):
    """Leaf `index`: the hash of event `n`, which was the head of the order's chain when it was logged."""

    index = models.BigIntegerField(primary_key=True)
    order_id = models.UUIDField()
    n = models.BigIntegerField()
    hash = models.BinaryField()

    class Meta:
        db_table = "log_leaf"
        constraints = [models.UniqueConstraint(fields=["order_id", "n"], name="log_one_leaf_for_a_head")]

    def __str__(self) -> str:
        return f"{self.index}: {self.order_id}/{self.n}"


class Tile(models.Model):
    """Tile `n` of a level: up to 256 hashes side by side; a full one never changes."""

    pk = models.CompositePrimaryKey("level", "n")
    level = models.SmallIntegerField()
    n = models.BigIntegerField()
    data = models.BinaryField()

    class Meta:
        db_table = "log_tile"

    def __str__(self) -> str:
        return f"{self.level}/{self.n}"
