"""The rows of evidence files in the matrix of who may do what."""

from __future__ import annotations

from api_world import ROLES, Shopfront
from permission_asked import NOT_SIGNED_IN, ORDER, SEES, Asked, acting

# A file that no exhibit names yet is there for its own side alone.
DRAFT = dict.fromkeys(ROLES, 404) | NOT_SIGNED_IN
FILES: dict[str, Asked] = {
    "create_upload": Asked(
        Shopfront.in_evidence,
        f"{ORDER}/cases/1/files",
        acting(owner=201, seller=201),
        lambda _: {"name": "photo.png", "size": 100},
    ),
    "list_files": Asked(Shopfront.in_evidence, f"{ORDER}/files", SEES),
    "show_file": Asked(Shopfront.uploading, f"{ORDER}/files/1", DRAFT | {"owner": 200}),
    "show_upload": Asked(Shopfront.uploading, f"{ORDER}/files/1/upload", DRAFT | {"owner": 200}),
    "append_upload": Asked(Shopfront.uploading, f"{ORDER}/files/1/upload", DRAFT | {"owner": 409}),
    "finish_upload": Asked(
        Shopfront.uploading, f"{ORDER}/files/1/finish", DRAFT | {"owner": 409}, lambda _: {}
    ),
    "drop_file": Asked(Shopfront.uploading, f"{ORDER}/files/1", DRAFT | {"owner": 204}),
    "show_content": Asked(Shopfront.uploading, f"{ORDER}/files/1/content", DRAFT | {"owner": 404}),
}
