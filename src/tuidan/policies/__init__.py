"""The policies and calendars that come with the product, as data files, and their loader."""

from tuidan.policies.load import (
    load_calendar,
    load_policy_document,
    load_standard_examples,
    load_standard_policy,
)

__all__ = ["load_calendar", "load_policy_document", "load_standard_examples", "load_standard_policy"]
