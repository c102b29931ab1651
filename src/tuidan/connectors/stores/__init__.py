"""Where evidence files are kept, one folder each: `folder` (the default) and `s3`.

Each offers NAME and `connect(settings)`, which gives a `domain/upload/objects.py:ObjectStore`.
"""
