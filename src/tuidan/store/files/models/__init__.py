"""Rows of uploaded files: the file, its pieces while it comes in, the contents and who uses them."""

from tuidan.store.files.models.blob import Blob, Loose, Use
from tuidan.store.files.models.file import File, Part

__all__ = ["Blob", "File", "Loose", "Part", "Use"]
