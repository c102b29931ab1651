"""What was read on one uploaded file, and its bands."""

from __future__ import annotations

from django.db import models


class Reading(models.Model):
    """File n of an order as it was read. `pages` holds the words: personal, and emptied when the file is erased.

    `pages` are {frame, width, height, lines}: one for a picture, one for each key frame of a video; `lines` null where
    nobody reads words here. `found` are the places where the same picture was seen, `bands` what it is found again by.
    `told`: the exhibit's event is there.
    """

    pk = models.CompositePrimaryKey("order_id", "n")
    order_id = models.UUIDField()
    n = models.IntegerField()
    state = models.TextField(choices=[(name, name) for name in ("reading", "done", "failed", "erased")])
    sha256 = models.TextField()
    begun_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)
    tries = models.IntegerField(default=0)
    trouble = models.TextField(blank=True, default="")
    pages = models.JSONField(default=list)
    signs = models.JSONField(default=list)
    found = models.JSONField(default=list)
    bands = models.JSONField(default=list)
    told = models.BooleanField(default=False)

    class Meta:
        db_table = "readings_reading"
        indexes = [
            models.Index(fields=["begun_at"], name="readings_reading_untold", condition=models.Q(told=False)),
        ]

    def __str__(self) -> str:
        return f"{self.order_id}/{self.n} {self.state}"


class Band(models.Model):
    """Pictures with this band among theirs. A band is looked up over all orders, so it is a key of its own (S3)."""

    pk = models.CompositePrimaryKey("band", "order_id", "n")
    band = models.BigIntegerField()
    order_id = models.UUIDField()
    n = models.IntegerField()

    class Meta:
        db_table = "readings_band"

    def __str__(self) -> str:
        return f"{self.band} {self.order_id}/{self.n}"
