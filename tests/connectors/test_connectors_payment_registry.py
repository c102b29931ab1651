"""The registry finds folders on disk and connects those that settings name."""

from pathlib import Path

import pytest

from tuidan.connectors.contract import registry
from tuidan.connectors.contract.payment import PaymentChannel
from tuidan.connectors.payments.alipay.conformance import AlipayBench, settings_from


def test_every_folder_on_disk_is_found() -> None:
    root = Path(registry.__file__).parents[1]
    for kind in registry.KINDS:
        on_disk = {path.parent.name for path in (root / kind).glob("*/__init__.py")}
        assert set(registry.folder_names(kind)) == on_disk


def test_a_channel_is_connected_from_settings_of_text(alipay_gateway: AlipayBench) -> None:
    settings = {**settings_from(alipay_gateway.ready), "refund_window_days": "90"}
    channel = registry.connect_all("payments", {"alipay": settings})["alipay"]
    assert isinstance(channel, PaymentChannel)
    assert (channel.name, channel.refund_window_days) == ("alipay", 90)
    assert channel.query("nothing").outcome == "waiting"
    channel.close_connections()


@pytest.mark.parametrize("name", ["nothing", "", "../payments", "alipay.sandbox", "sandbox"])
def test_a_name_that_is_no_folder_is_refused(name: str) -> None:
    with pytest.raises(registry.NoSuchConnector):
        registry.connect("payments", name, {})


@pytest.mark.parametrize(
    ("change", "word"),
    [({"app_id": ""}, "app_id"), ({"colour": "red"}, "colour"), ({"total_seconds": "x"}, "x")],
)
def test_settings_that_are_wrong_are_named(
    alipay_gateway: AlipayBench, change: dict[str, str], word: str
) -> None:
    with pytest.raises(ValueError, match=word):
        registry.connect("payments", "alipay", {**settings_from(alipay_gateway.ready), **change})
