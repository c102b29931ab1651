"""Why a file is not taken after it was looked into: codes for programs; the sentences that help are the edges'."""

from __future__ import annotations

FILE_REFUSALS: dict[str, str] = {
    "archive": "it is an archive or an office document, not a picture, PDF or video",
    "broken": "it is damaged or does not keep the rules of its kind, so it cannot be read whole",
    "check_failed": "the check itself could not be done",
    "heic": "it is a HEIC or AVIF picture, which not every browser shows",
    "hidden_data": "something else follows after the end of the picture, document or video",
    "markup": "it is a web page, an SVG drawing or a script",
    "pdf_encrypted": "the PDF is locked with a password",
    "pdf_pages": "the PDF has no page, or too many",
    "pdf_script": "the PDF holds scripts, or starts programs",
    "program": "it is a program",
    "too_heavy": "it unpacks to far more than its size says, or looking into it takes too much memory",
    "too_large": "it has more bytes than its kind may have",
    "too_many_frames": "it moves: more frames than a picture may have",
    "too_many_pixels": "it has more pixels than one may have",
    "too_slow": "looking into it takes too long",
    "truncated": "it ends before it should: the end is missing",
    "two_forms": "it is two kinds of file at once",
    "unknown": "its content is none of the kinds that are taken",
    "video_codec": "the video has no picture that can be read",
    "video_lies": "the video says of itself what its content does not hold",
    "video_length": "the video is longer than one may be",
}
