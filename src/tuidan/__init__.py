"""Tuidan (退单): a marketplace for virtual goods whose core is the refund."""
