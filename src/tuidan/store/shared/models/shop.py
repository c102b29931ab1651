"""A seller: a shop with members, either the platform itself or a third party (电商法37)."""

from __future__ import annotations

import uuid

from django.db import models


class Shop(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=80)
    seller_type = models.CharField(
        max_length=20, choices=[("self_operated", "self"), ("third_party", "third")]
    )
    created_at = models.DateTimeField(null=True)
    terms = models.TextField(blank=True, default="", db_default="")

    class Meta:
        db_table = "shared_shop"

    def __str__(self) -> str:
        return self.name


class ShopMember(models.Model):
    """Who may act for a shop."""

    pk = models.CompositePrimaryKey("shop_id", "person_id")
    shop_id = models.UUIDField()
    person_id = models.UUIDField(db_index=True)

    class Meta:
        db_table = "shared_shop_member"

    def __str__(self) -> str:
        return f"{self.shop_id}/{self.person_id}"
