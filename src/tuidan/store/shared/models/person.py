"""A person who signs in: buyer, member of a shop, reviewer or operator."""

from __future__ import annotations

import uuid

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models


class PersonManager(BaseUserManager["Person"]):
    def create_user(self, email: str, password: str | None = None, **fields: object) -> Person:
        """Make a person with a hashed password; the e-mail address is stored in lower case."""
        person = self.model(email=email.strip().lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(email=(username or "").strip().lower())


class Person(AbstractBaseUser):
    """Signs in by e-mail address; every person may buy, roles add to that."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    phone = models.CharField(max_length=20, blank=True)
    name = models.CharField(max_length=80)
    locale = models.CharField(max_length=10, default="zh")
    is_active = models.BooleanField(default=True)
    is_reviewer = models.BooleanField(default=False)
    is_operator = models.BooleanField(default=False)
    is_appraiser = models.BooleanField(default=False, db_default=False)
    is_minor = models.BooleanField(null=True)
    created_at = models.DateTimeField(null=True)

    objects = PersonManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        db_table = "shared_person"

    def __str__(self) -> str:
        return self.name
