"""A time-stamp authority made of `openssl ts`: a root, a signer with the one usage that it may have, and replies."""

import subprocess
from dataclasses import dataclass
from pathlib import Path

CONFIG = """
[t]
serial = serial
default_policy = 1.2.3.4.1
digests = sha256, sha512
signer_digest = sha256
ess_cert_id_alg = sha256
accuracy = secs:1
[root]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign
subjectKeyIdentifier = hash
[signer]
basicConstraints = CA:false
extendedKeyUsage = critical, {usage}
keyUsage = critical, digitalSignature
"""
EC = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")


@dataclass(frozen=True)
class Authority:
    """Its folder holds root.pem and the signer; `stamp` gives the reply over some bytes."""

    folder: Path

    def run(self, *words: str) -> None:
        done = subprocess.run(["openssl", *words], cwd=self.folder, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()

    def stamp(self, data: bytes, digest: str = "sha256") -> bytes:
        (self.folder / "data").write_bytes(data)
        self.run("ts", "-query", "-data", "data", f"-{digest}", "-cert", "-out", "r.tsq")
        signer = ("-inkey", "signer.key", "-signer", "signer.pem", "-chain", "root.pem")
        self.run(
            "ts",
            "-reply",
            "-config",
            "tsa.cnf",
            "-section",
            "t",
            "-queryfile",
            "r.tsq",
            *signer,
            "-out",
            "r.tsr",
        )
        return (self.folder / "r.tsr").read_bytes()

    def root(self) -> bytes:
        return (self.folder / "root.pem").read_bytes()


def make_authority(folder: Path, usage: str = "timeStamping", key: tuple[str, ...] = EC) -> Authority:
    made = Authority(folder)
    (folder / "tsa.cnf").write_text(CONFIG.format(usage=usage))
    (folder / "serial").write_text("01")
    root = ("-subj", "/CN=Test TSA root", "-keyout", "root.key", "-out", "root.pem", "-days", "3650")
    made.run("req", "-x509", *key, *root, "-config", "tsa.cnf", "-extensions", "root")
    made.run(
        "req",
        *key,
        "-subj",
        "/CN=Test TSA",
        "-keyout",
        "signer.key",
        "-out",
        "signer.csr",
        "-config",
        "tsa.cnf",
    )
    issued = ("-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial", "-days", "3650")
    extended = ("-extfile", "tsa.cnf", "-extensions", "signer")
    made.run("x509", "-req", "-in", "signer.csr", *issued, *extended, "-out", "signer.pem")
    return made
