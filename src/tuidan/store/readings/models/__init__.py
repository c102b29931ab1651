"""Rows of readings: one for each file that was looked at, and the bands that find a picture again."""

from tuidan.store.readings.models.reading import Band, Reading

__all__ = ["Band", "Reading"]
