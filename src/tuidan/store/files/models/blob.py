"""Contents, each kept once under its SHA-256 with a key of its own; who uses one; and objects that nobody owns."""

from __future__ import annotations

from django.db import models


class Blob(models.Model):
    """One content. Its row holds the key: without the row the sealed object says nothing to anybody."""

    sha256 = models.TextField(primary_key=True)
    name = models.TextField()
    size = models.BigIntegerField()
    sealed_key = models.BinaryField()
    kept_at = models.DateTimeField()

    class Meta:
        db_table = "files_blob"
        indexes = [models.Index(fields=["name"], name="files_blob_name")]

    def __str__(self) -> str:
        return self.sha256


class Use(models.Model):
    """File n of an order needs this content; a content goes with its last use."""

    pk = models.CompositePrimaryKey("sha256", "order_id", "n")
    sha256 = models.TextField()
    order_id = models.UUIDField()
    n = models.IntegerField()

    class Meta:
        db_table = "files_use"
        indexes = [models.Index(fields=["order_id", "n"], name="files_use_file")]

    def __str__(self) -> str:
        return f"{self.sha256} by {self.order_id}/{self.n}"


class Loose(models.Model):
    """An object on its way in, or left over: taken away after `due_at` unless somebody owns it by then."""

    name = models.TextField(primary_key=True)
    due_at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "files_loose"

    def __str__(self) -> str:
        return self.name
