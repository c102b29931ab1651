"""Videos that say of themselves what they do not hold."""

from __future__ import annotations

from tuidan.sandbox.hostile.kind import HostileFile, box, sound


def videos() -> list[HostileFile]:
    """All of them."""
    made = {**_mp4(), **_webm()}
    return [HostileFile(what, f"a.{what.split()[0].lower()}", data) for what, data in made.items()]


def _changed(data: bytes, after: bytes, at: int, put: bytes) -> bytes:
    """`put` written `at` bytes behind the first place of `after`."""
    place = data.index(after) + len(after) + at
    return data[:place] + put + data[place + len(put) :]


def _mp4() -> dict[str, bytes]:
    whole = sound("mp4")
    movie = whole.index(b"moov") - 4
    film = whole.index(b"mdat") - 4
    size = int.from_bytes(whole[film : film + 4], "big")
    first, last = whole[:film], whole[film + size :]
    samples = box(b"mdat", b"\xa5" * (size - 8))
    sound_only = whole.replace(b"vide", b"soun").replace(b"vmhd", b"smhd")
    return {
        "MP4 without a movie": whole[:movie] + box(b"free", bytes(len(whole) - movie - 8)),
        "MP4 without pictures": first + box(b"free", bytes(size - 8)) + last,
        "MP4 whose pictures are noise": first + samples + last,
        "MP4 whose pictures are zeros": first + box(b"mdat", bytes(size - 8)) + last,
        "MP4 of two movies": whole + whole[movie:],
        "MP4 that begins with its movie": whole[movie:] + whole[:movie],
        "MP4 with a box of size three": whole[:film] + b"\0\0\0\x03mdat" + whole[film + 8 :],
        "MP4 with a box beyond its end": whole[:film] + b"\x7f\xff\xff\xffmdat" + whole[film + 8 :],
        "MP4 with a wide box beyond its end": first + b"\0\0\0\x01mdat" + b"\x7f" * 8 + whole[film + 16 :],
        "MP4 of ten hours": _changed(whole, b"mvhd", 16, (36_000_000).to_bytes(4, "big")),
        "MP4 of no time scale": _changed(whole, b"mvhd", 12, bytes(4)),
        "MP4 of no width": _changed(whole, b"stsd", 40, bytes(4)),
        "MP4 of huge pictures": _changed(whole, b"stsd", 40, b"\xff\xff\xff\xff"),
        "MP4 of another size than it says": _changed(whole, b"stsd", 40, b"\x01\0\x01\0").replace(
            b"avcC", b"evil"
        ),
        "MP4 of an unknown codec": _changed(whole, b"stsd", 12, b"evil"),
        "MP4 of a codec without settings": whole.replace(b"avcC", b"free"),
        "MP4 of samples outside": _changed(whole, b"stco", 8, b"\x7f\xff\xff\xff"),
        "MP4 of more samples than listed": _changed(whole, b"stco", 4, b"\0\xff\xff\xff"),
        "MP4 of more sizes than listed": _changed(whole, b"stsz", 8, b"\0\xff\xff\xff"),
        "MP4 of more runs than listed": _changed(whole, b"stsc", 4, b"\0\xff\xff\xff"),
        "MP4 of sound alone": sound_only,
        "MP4 whose track is no track": whole.replace(b"mdia", b"evil"),
        "MP4 with a short header": whole[:movie] + box(b"moov", box(b"mvhd", b"\0\0")) + whole[film:],
    }


def _webm() -> dict[str, bytes]:
    whole = sound("webm")
    cluster = whole.index(b"\x1f\x43\xb6\x75")
    segment = whole.index(b"\x18\x53\x80\x67")
    duration = whole.index(b"\x44\x89") + 2
    hours = b"\x88" + b"\x41\x81\x2a\x88\0\0\0\0"
    return {
        "WEBM of another document": whole.replace(b"\x42\x82\x84webm", b"\x42\x82\x84evil"),
        "WEBM without pictures": whole[:segment] + b"\x18\x53\x80\x67\x80",
        "WEBM of an unknown codec": whole.replace(b"V_VP8", b"V_BAD"),
        "WEBM of ten hours": whole[:duration] + hours + whole[duration + 9 :],
        "WEBM of endless length": whole[:duration] + b"\x88\x7f\xf0" + bytes(6) + whole[duration + 9 :],
        "WEBM of no number as its length": whole[:duration]
        + b"\x88\x7f\xf8"
        + bytes(6)
        + whole[duration + 9 :],
        "WEBM of noise in its pictures": whole[: cluster + 12] + b"\0" * (len(whole) - cluster - 12),
        "WEBM with noise between": whole[:cluster] + b"noise" + whole[cluster:],
        "WEBM with something after its end": whole + b"hidden words behind it",
        "WEBM of its header alone": whole[:segment],
    }
