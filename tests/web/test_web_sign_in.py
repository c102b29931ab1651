"""Signing in by e-mail or phone, the brake on guessing, the language switch, pages that are not there."""

import re
import subprocess
import sys
import uuid
from datetime import UTC, datetime

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.test import Client, RequestFactory

from side_by_side import at_once
from tuidan.commands.sign_in import PAUSE, count_wrong, is_paused
from tuidan.web.shared.errors import server_error

PASSWORD = "a long enough password"
HAN = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture
def person():
    cache.clear()
    tag = uuid.uuid4().hex[:10]
    return get_user_model().objects.create_user(
        f"{tag}@example.com", PASSWORD, name="林小雨", phone=f"13{int(tag, 16) % 10**9:09d}"
    )


def sign_in(client: Client, login: str, password: str, to: str = "/"):
    return client.post("/sign-in/", {"login": login, "password": password, "next": to})


def test_a_person_signs_in_by_email_in_any_case(person) -> None:
    client = Client()
    answer = sign_in(client, person.email.upper(), PASSWORD, "/rules/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/rules/")
    assert client.session["_auth_user_id"] == str(person.id)


def test_a_person_signs_in_by_phone(person) -> None:
    assert sign_in(Client(), person.phone, PASSWORD).status_code == 302


def test_a_wrong_password_keeps_the_name_and_not_the_password(person) -> None:
    answer = sign_in(Client(), person.email, "wrong-password-1")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert person.email in page
    assert "wrong-password-1" not in page
    assert "账号或密码不对" in page


def test_a_phone_two_people_share_opens_neither_account(person) -> None:
    get_user_model().objects.create_user(
        f"{uuid.uuid4().hex}@example.com", PASSWORD, name="b", phone=person.phone
    )
    assert sign_in(Client(), person.phone, PASSWORD).status_code == 422


def test_an_empty_name_opens_nothing(person) -> None:
    assert sign_in(Client(), " ", PASSWORD).status_code == 422


def test_guessing_is_slowed_down_even_for_the_right_password(person) -> None:
    client = Client()
    for _ in range(8):
        assert sign_in(client, person.email, "guess").status_code == 422
    assert sign_in(client, person.email, PASSWORD).status_code == 429


def test_the_brake_holds_over_all_processes(person) -> None:
    client = Client()
    for _ in range(8):
        sign_in(client, person.email, "guess")
    code = (
        "from tuidan.site import boot; from tuidan.commands.sign_in import is_paused; import sys;"
        "from datetime import datetime, UTC;"
        "print(is_paused(sys.argv[1], 'elsewhere', datetime.now(UTC)))"
    )
    said = subprocess.run(
        [sys.executable, "-c", code, person.email], capture_output=True, text=True, check=True, timeout=60
    )
    assert said.stdout.split() == ["True"]


def test_a_paused_account_is_told_when_to_come_again(person) -> None:
    client = Client()
    for _ in range(8):
        sign_in(client, person.email, "guess")
    assert sign_in(client, person.email, "guess").headers["Retry-After"] == "600"


def test_two_guesses_at_the_same_moment_both_count(person) -> None:
    now = datetime.now(UTC)
    at_once([lambda: count_wrong(person.email, "here", now)] * 8)
    assert is_paused(person.email, "there", now)


def test_the_pause_ends_and_the_count_begins_anew(person) -> None:
    now = datetime.now(UTC)
    for _ in range(8):
        count_wrong(person.email, "here", now)
    assert not is_paused(person.email, "there", now + PAUSE)
    count_wrong(person.email, "here", now + PAUSE)
    assert not is_paused(person.email, "there", now + PAUSE)


def test_signing_in_never_leads_to_another_site(person) -> None:
    assert sign_in(Client(), person.email, PASSWORD, "https://evil.example/").headers["Location"] == "/"


def test_signing_out_needs_a_press_and_forgets_the_session(person) -> None:
    client = Client()
    sign_in(client, person.email, PASSWORD)
    assert client.get("/sign-out/").status_code == 405
    client.post("/sign-out/")
    assert "_auth_user_id" not in client.session


def test_a_form_without_its_token_is_refused_with_a_page_that_says_what_to_do() -> None:
    answer = Client(enforce_csrf_checks=True).post("/sign-in/", {"login": "a", "password": "b"})
    assert answer.status_code == 403
    assert "页面过期了" in answer.content.decode()


def test_the_language_switch_comes_back_to_the_same_page() -> None:
    client = Client()
    answer = client.post("/language/", {"lang": "en", "next": "/sign-in/"})
    assert answer.headers["Location"] == "/sign-in/"
    page = client.get("/sign-in/").content.decode()
    assert 'lang="en"' in page
    assert HAN.findall(page.replace("切换到中文", "").replace("中文", "")) == []


def test_the_language_switch_never_leads_to_another_site() -> None:
    assert Client().post("/language/", {"lang": "en", "next": "//evil.example"}).headers["Location"] == "/"


def test_chinese_is_spoken_where_nothing_was_chosen() -> None:
    assert 'lang="zh-CN"' in Client().get("/sign-in/").content.decode()


def test_a_persons_own_language_counts_without_a_cookie(person) -> None:
    person.locale = "en"
    person.save()
    client = Client()
    client.force_login(person)
    assert 'lang="en"' in client.get("/sign-in/").content.decode()


def test_a_missing_page_says_what_to_do() -> None:
    answer = Client().get("/no-such-page/")
    assert answer.status_code == 404
    assert "没有找到这个页面" in answer.content.decode()


class Broken:
    """A reader whom nothing can be asked about, as when the database is away."""

    def __getattr__(self, name: str) -> object:
        raise OSError(name)


@pytest.mark.parametrize(
    ("language", "words"), [("zh", "我们这边出错了"), ("en", "Something broke on our side")]
)
def test_the_page_for_a_fault_needs_nothing_that_may_be_broken(language: str, words: str) -> None:
    request = RequestFactory().get("/orders/")
    request.COOKIES["lang"] = language
    request.user = Broken()  # type: ignore[assignment]
    answer = server_error(request)
    assert answer.status_code == 500
    assert words in answer.content.decode()


def test_the_parts_page_is_not_there_for_the_public() -> None:
    assert Client().get("/_parts").status_code == 404
