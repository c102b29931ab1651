"""The authority's keys and its answers, all made by the `openssl` program."""

from __future__ import annotations

import subprocess
import tempfile
import threading
from pathlib import Path

CONFIG = """
[req]
distinguished_name = dn
prompt = no
[dn]
CN = Tuidan sandbox timestamp root
[root]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[signer]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[stamp]
serial = serial
signer_cert = signer.pem
signer_key = signer.key
signer_digest = sha256
default_policy = 1.3.6.1.4.1.99999.1
digests = sha256, sha384, sha512
ess_cert_id_alg = sha256
accuracy = secs:1
"""
NEW_KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
DAYS = "3650"


class OpensslFailed(RuntimeError):
    """The program said no; the text is what it wrote."""


class Authority:
    """A root, a signer below it, and answers to queries. State lies in one folder and survives a restart."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.lock = threading.Lock()
        (folder / "tsa.cnf").write_text(CONFIG, encoding="utf-8")
        if not self.ca.exists():
            self._make_keys()

    @property
    def ca(self) -> Path:
        """The root certificate."""
        return self.folder / "ca.pem"

    def reply(self, query: bytes) -> bytes:
        """The DER answer to a DER query. Raises OpensslFailed when it is not one."""
        with self.lock, tempfile.TemporaryDirectory(dir=self.folder) as place:
            asked, told = Path(place) / "r.tsq", Path(place) / "r.tsr"
            asked.write_bytes(query)
            self._run(
                "ts", "-reply", "-config", "tsa.cnf", "-section", "stamp",
                "-queryfile", str(asked), "-out", str(told),
            )  # fmt: skip
            return told.read_bytes()

    def reply_to(self, data: bytes) -> bytes:
        """An answer over other bytes than were asked for, well signed."""
        with tempfile.TemporaryDirectory(dir=self.folder) as place:
            other, asked = Path(place) / "data", Path(place) / "r.tsq"
            other.write_bytes(data)
            self._run("ts", "-query", "-data", str(other), "-sha256", "-cert", "-out", str(asked))
            return self.reply(asked.read_bytes())

    def _make_keys(self) -> None:
        self._run(
            "req", "-x509", *NEW_KEY, "-keyout", "root.key", "-out", "ca.pem", "-days", DAYS,
            "-config", "tsa.cnf", "-extensions", "root",
        )  # fmt: skip
        self._run(
            "req", *NEW_KEY, "-keyout", "signer.key", "-out", "signer.csr", "-config", "tsa.cnf",
            "-subj", "/CN=Tuidan sandbox timestamp signer",
        )  # fmt: skip
        self._run(
            "x509", "-req", "-in", "signer.csr", "-CA", "ca.pem", "-CAkey", "root.key", "-set_serial", "2",
            "-days", DAYS, "-extfile", "tsa.cnf", "-extensions", "signer", "-out", "signer.pem",
        )  # fmt: skip
        (self.folder / "serial").write_text("01\n", encoding="ascii")

    def _run(self, *words: str) -> None:
        done = subprocess.run(["openssl", *words], cwd=self.folder, capture_output=True, check=False)
        if done.returncode:
            raise OpensslFailed(done.stderr.decode(errors="replace")[-500:])
