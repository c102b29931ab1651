"""The policy's pages: the public versions, and the operator's way from a file to a published version."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client
from storefront import HAN, page_of, words_on

from policy_documents import STANDARD, charge_for_sealed, draft_with
from tuidan.commands import policy as life
from tuidan.domain.policy.life import Publication, earliest_effect
from tuidan.reads.policy import count_comments, list_drafts, list_versions
from tuidan.reads.replay import replay_draft
from tuidan.store import policies
from tuidan.store.people import PersonRecord, create_person

PLACE = "/operator/policies/"
NOW = datetime.now(UTC)
LINES = json.dumps(
    {
        "id": "frozen",
        "facts": {
            "now": "2026-11-18T12:00:00+08:00",
            "goods_kind": "card_code",
            "payment": {"channel_dispute_open": True},
        },
        "expected": {"decision": "to_platform"},
    }
).encode()


@pytest.fixture(autouse=True)
def operator(fresh_database: str) -> Iterator[PersonRecord]:
    """An operator in a database of the test's own, so that each test has its own versions."""
    policies.publish_standard(NOW - timedelta(days=1))
    yield create_person("operator@example.cn", None, "Ops", NOW, is_operator=True)
    connections.close_all()


def signed_in(language: str = "zh") -> Client:
    """The operator's browser without scripts."""
    client = Client()
    client.force_login(get_user_model().objects.get(email="operator@example.cn"))
    client.cookies["lang"] = language
    return client


def upload(client: Client, path: str, content: bytes) -> str:
    """Send a file; gives the page after it, in one line of words."""
    told = {"file": SimpleUploadedFile("file.json", content)}
    answer = client.post(path, told, follow=True)
    assert answer.status_code == 200
    return words_on(answer.content.decode())


def imported(client: Client, document: bytes = b"") -> str:
    upload(client, f"{PLACE}import/", document or draft_with(charge_for_sealed))
    return list_drafts()[0].sha256


def published() -> str:
    sha256 = life.import_draft(draft_with(charge_for_sealed), None, NOW)
    uncovered = frozenset(life.give_examples(sha256, LINES).uncovered)
    life.keep_replay(sha256, replay_draft(sha256, NOW))
    return life.publish_draft(sha256, Publication(earliest_effect(NOW, 7), uncovered), None, NOW).sha256


def fields(page: str) -> dict[str, list[str]]:
    """Hidden fields, numbers and checkboxes of the publishing form."""
    found: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]+>", page):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and name[1] in ("seen_n", "days", "accept"):
            found.setdefault(name[1], []).append(value[1] if value else "")
    return found


def test_an_operator_goes_from_a_file_to_a_published_version(operator: PersonRecord) -> None:
    client = signed_in()
    sha256 = imported(client)
    place = f"{PLACE}{sha256}/"
    assert "还没有用例" in words_on(page_of(client, place))
    assert "用例已运行" in upload(client, f"{place}examples/", LINES)
    assert "回放完成" in words_on(client.post(f"{place}replay/", follow=True).content.decode())
    asked = fields(page_of(client, place))
    assert len(asked["accept"]) > 100
    second = client.post(f"{place}publish/", asked)
    assert second.status_code == 200
    assert "确认公布 2027.1" in words_on(second.content.decode())
    assert policies.published_versions()[-1].sha256 == STANDARD.sha256
    again = fields(second.content.decode())
    done = client.post(f"{place}publish/", {**again, "confirm": "2027.1"}, follow=True)
    assert "已公布，未生效" in words_on(done.content.decode())
    [version] = [
        view.version for view in list_versions(datetime.now(UTC)).listed if view.status == "published"
    ]
    assert (version.sha256, version.published_by) == (sha256, str(operator.id))


def test_without_the_version_written_again_nothing_is_published() -> None:
    client = signed_in()
    sha256 = imported(client)
    upload(client, f"{PLACE}{sha256}/examples/", LINES)
    client.post(f"{PLACE}{sha256}/replay/")
    asked = fields(page_of(client, f"{PLACE}{sha256}/"))
    wrong = client.post(f"{PLACE}{sha256}/publish/", {**asked, "confirm": "2027"})
    assert wrong.status_code == 422
    assert "和版本号 2027.1 不同" in words_on(wrong.content.decode())
    assert len(policies.published_versions()) == 1


def test_what_is_in_the_way_is_said_on_the_page_and_again_on_publishing() -> None:
    client = signed_in()
    sha256 = imported(client)
    page = words_on(page_of(client, f"{PLACE}{sha256}/"))
    assert "还没有测试用例" in page
    assert "还没有用过去的订单回放过" in page
    told = {"seen_n": 1, "days": 3, "confirm": "2027.1"}
    refused = client.post(f"{PLACE}{sha256}/publish/", told)
    assert refused.status_code == 422
    assert "公示期不够" in words_on(refused.content.decode())
    assert len(policies.published_versions()) == 1


def test_a_file_that_is_no_policy_is_refused_with_the_place() -> None:
    client = signed_in()
    broken = draft_with(lambda changed: changed["numbers"].update({"instant_window_seconds": 0}))
    page = upload(client, f"{PLACE}import/", broken)
    assert "没有导入" in page
    assert "numbers.instant_window_seconds" in page
    assert list_drafts() == []


def test_a_file_that_is_too_large_is_not_read() -> None:
    page = upload(signed_in(), f"{PLACE}import/", b" " * (life.DRAFT_BYTES_MAX + 1))
    assert "文件太大" in page


def test_a_version_that_waits_is_withdrawn_by_a_press() -> None:
    client, sha256 = signed_in(), published()
    page = client.post(f"{PLACE}{sha256}/withdraw/", follow=True).content.decode()
    assert "生效前撤回" in words_on(page)
    assert policies.policy_in_force(NOW + timedelta(days=300)).sha256 == STANDARD.sha256


def test_the_operators_pages_in_english_contain_no_chinese() -> None:
    client = signed_in("en")
    sha256 = imported(client)
    upload(client, f"{PLACE}{sha256}/examples/", LINES)
    client.post(f"{PLACE}{sha256}/replay/")
    pages = [page_of(client, PLACE), page_of(client, f"{PLACE}{sha256}/")]
    pages.append(client.post(f"{PLACE}{sha256}/publish/", fields(pages[1])).content.decode())
    for page in pages:
        text = words_on(page).replace("中文", "")
        assert HAN.findall(text) == []


def test_anyone_reads_the_coming_rules_with_their_date_and_what_changes() -> None:
    sha256 = published()
    page = words_on(page_of(Client(), "/rules/"))
    assert "下一版规则" in page
    assert "「退多少」由「全部」改为「扣误购费后的全部」" in page
    begins = earliest_effect(NOW, 7)
    assert f"{begins.month}月{begins.day}日 00:00:00" in page
    one = words_on(page_of(Client(), f"/rules/versions/{sha256}/"))
    assert "版本号由" in one
    assert sha256 in one


def test_the_first_version_says_that_it_is_the_first() -> None:
    assert "这是第一版" in words_on(page_of(Client(), f"/rules/versions/{STANDARD.sha256}/"))


def test_a_draft_is_not_public() -> None:
    sha256 = imported(signed_in(), draft_with(charge_for_sealed, "2027.kept"))
    for path in (f"/rules/versions/{sha256}/", f"/rules/{sha256}.json"):
        assert Client().get(path).status_code == 404


def test_a_draft_comes_out_as_the_bytes_that_its_hash_names() -> None:
    client = signed_in()
    sha256 = imported(client)
    body = client.get(f"{PLACE}{sha256}.json").content
    assert life.import_draft(body, None, NOW) == sha256
    assert len(list_drafts()) == 1


def test_the_home_page_says_that_the_rules_will_change(operator: PersonRecord) -> None:
    assert "退款规则将于" not in page_of(Client(), "/")
    sha256 = published()
    assert f'href="/rules/versions/{sha256}/"' in page_of(Client(), "/")
    assert "现在征求意见" in words_on(page_of(Client(), "/"))


def comment(sha256: str, words: str, key: str = "a-comment-key") -> str:
    """Send a comment as a signed-in person; gives the page after it."""
    told = {"words": words, "key": key}
    answer = signed_in().post(f"/rules/versions/{sha256}/comment/", told, follow=True)
    return words_on(answer.content.decode())


def test_a_comment_on_coming_rules_reaches_the_operators_once() -> None:
    sha256 = published()
    assert "意见已收到" in comment(sha256, "未看过的卡密不该收费 <b>")
    assert "意见已收到" in comment(sha256, "未看过的卡密不该收费 <b>")
    page = page_of(signed_in(), f"{PLACE}{sha256}/")
    assert page.count("未看过的卡密不该收费 &lt;b&gt;") == 1
    assert "已收到 1 条" in words_on(page_of(Client(), f"/rules/versions/{sha256}/"))


def test_rules_in_force_and_drafts_take_no_comments() -> None:
    assert "不再征求意见" in comment(STANDARD.sha256, "太严")
    sha256 = imported(signed_in(), draft_with(charge_for_sealed, "2027.quiet"))
    told = {"words": "太严", "key": "another-key"}
    assert signed_in().post(f"/rules/versions/{sha256}/comment/", told).status_code == 302
    assert (count_comments(STANDARD.sha256), count_comments(sha256)) == (0, 0)


@pytest.mark.parametrize("words", ["", "   ", "长" * 1001])
def test_a_comment_without_words_or_with_too_many_is_refused(words: str) -> None:
    sha256 = published()
    assert "意见是空的" in comment(sha256, words)
    assert count_comments(sha256) == 0


def test_one_person_comments_five_times_at_most() -> None:
    sha256 = published()
    said = [comment(sha256, f"意见 {n}", f"comment-key-{n}") for n in range(6)]
    assert ["意见已收到" in page for page in said] == [True] * 5 + [False]
    assert count_comments(sha256) == 5


def test_the_cases_that_ship_are_run_by_one_press() -> None:
    client = signed_in()
    sha256 = imported(client, draft_with(lambda changed: changed["numbers"].update({"fee_max_fen": 499})))
    answer = client.post(f"{PLACE}{sha256}/examples/", {"shipped": "1"}, follow=True)
    found = re.search(r"(\d+) 条规则里，用例走到 (\d+) 条", words_on(answer.content.decode()))
    assert found
    assert int(found[2]) > 0.9 * int(found[1]) > 100
