"""The one place where parts are put together: the connectors' file becomes the connectors of this process.

The file is TOML, one table a connector: `[payments.alipay]`, `[suppliers.goofish]`, `[issuers.cardbook]`, each
with the settings that the connector's README names. No file: nothing is connected, and the pages say so.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

from tuidan.commands import clock, outside
from tuidan.connectors import witnesses
from tuidan.connectors.contract.registry import NoSuchConnector, connect_all
from tuidan.connectors.readers.process import ReaderProcess
from tuidan.reads import bundle, dossier
from tuidan.site.environment import BadSetting, Environment
from tuidan.web.shared import bundle_pages, dossier_text

FILE_NAME = "connectors.toml"
KINDS = ("payments", "suppliers", "issuers", "stores", "timestamps", "witnesses")


def connectors_file(environment: Environment) -> Path:
    return environment.folder() / FILE_NAME


def connect(environment: Environment) -> outside.Outside:
    """Build the connectors and put them in place. Raises BadSetting with the sentence that helps."""
    followed = environment.text("TUIDAN_CLOCK_FILE")
    clock.follow(Path(followed) if followed else None)
    path = connectors_file(environment)
    found = _read(path) if path.exists() else {kind: {} for kind in KINDS}
    try:
        connected = outside.Outside(
            public_url=environment.text("TUIDAN_PUBLIC_URL").rstrip("/"),
            call_seconds=int(environment.text("TUIDAN_CALL_SECONDS")),
            channels=connect_all("payments", found["payments"]),
            suppliers=connect_all("suppliers", found["suppliers"]),
            issuers=connect_all("issuers", found["issuers"]),
            timestamps=connect_all("timestamps", found["timestamps"]),
            witnesses=witnesses.connect_all(found["witnesses"]),
            reader=ReaderProcess(
                words=environment.switch("TUIDAN_READ_PICTURES"),
                picture_seconds=environment.whole("TUIDAN_READ_SECONDS", 5, 600),
            ),
        )
    except (NoSuchConnector, ValueError, OSError) as error:
        raise BadSetting(f"{path}: {error}") from error
    outside.connect(connected)
    dossier.write_with(dossier_text.write)
    explain_bundles(environment)
    return connected


def explain_bundles(environment: Environment) -> None:
    """Let the pages' words stand in front of every bundle, whoever asks for it."""
    url = environment.text("TUIDAN_PUBLIC_URL").rstrip("/")
    bundle.explain_with(bundle_pages.explainer(url))


def _read(path: Path) -> dict[str, dict[str, dict[str, str]]]:
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise BadSetting(f"{path} is not TOML: {error}") from error
    strange = sorted(set(told) - set(KINDS))
    if strange:
        raise BadSetting(f"{path}: unknown table {strange[0]!r}; known are {', '.join(KINDS)}")
    return {
        kind: {
            name: {key: str(value) for key, value in settings.items()}
            for name, settings in told.get(kind, {}).items()
        }
        for kind in KINDS
    }
