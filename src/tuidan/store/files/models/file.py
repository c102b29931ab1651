"""One uploaded file of an order, and the pieces of one that still comes in."""

from __future__ import annotations

from django.db import models

from tuidan.domain.upload.state import FileState


class File(models.Model):
    """File n of an order. `sha256` is of the original; `cleaned_sha256` of the copy that others see.

    `exhibit` 0: no exhibit names it yet. `lease_until` keeps two who would put it together or check it apart.
    `name` and `facts` are personal and go when the file is erased; hashes and state stay.
    """

    pk = models.CompositePrimaryKey("order_id", "n")
    order_id = models.UUIDField()
    n = models.IntegerField()
    case_n = models.IntegerField()
    by = models.UUIDField()
    role = models.TextField()
    name = models.TextField()
    begin_key = models.TextField()
    declared_size = models.BigIntegerField()
    received = models.BigIntegerField(default=0)
    state = models.TextField(choices=[(state.value, state.value) for state in FileState])
    refusal = models.TextField(blank=True, default="")
    sha256 = models.TextField(blank=True, default="")
    media_type = models.TextField(blank=True, default="")
    width = models.IntegerField(default=0)
    height = models.IntegerField(default=0)
    duration_ms = models.BigIntegerField(default=0)
    pages = models.IntegerField(default=0)
    cleaned_sha256 = models.TextField(blank=True, default="")
    cleaned_size = models.BigIntegerField(default=0)
    cleaned_type = models.TextField(blank=True, default="")
    small_sha256 = models.TextField(blank=True, default="")
    frames = models.JSONField(default=list)
    facts = models.JSONField(default=dict)
    exhibit = models.IntegerField(default=0)
    begun_at = models.DateTimeField()
    touched_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)
    tries = models.IntegerField(default=0)

    class Meta:
        db_table = "files_file"
        constraints = [
            models.UniqueConstraint(fields=["order_id", "role", "begin_key"], name="files_file_begun_once"),
            models.CheckConstraint(
                condition=models.Q(state__in=[state.value for state in FileState]), name="files_file_state"
            ),
        ]
        indexes = [models.Index(fields=["state", "touched_at"], name="files_file_due")]

    def __str__(self) -> str:
        return f"{self.order_id}/{self.n} {self.state}"


class Part(models.Model):
    """The sealed object `name` holds `size` bytes of file n from `start` on; gone when the file is whole."""

    pk = models.CompositePrimaryKey("order_id", "n", "start")
    order_id = models.UUIDField()
    n = models.IntegerField()
    start = models.BigIntegerField()
    size = models.BigIntegerField()
    name = models.TextField()
    sealed_key = models.BinaryField()

    class Meta:
        db_table = "files_part"
        indexes = [models.Index(fields=["name"], name="files_part_name")]

    def __str__(self) -> str:
        return f"{self.order_id}/{self.n} from {self.start}"
