"""Signing in by e-mail or phone and password, signing out, and the brake on guessing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import authenticate, get_user_model, login, logout
from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from tuidan.commands.sign_in import PAUSE, count_wrong, is_paused
from tuidan.web.shared.language import current_language
from tuidan.web.shared.now import now_of
from tuidan.web.shared.words import say


class EmailOrPhoneBackend(ModelBackend):
    """Finds the person by e-mail, or by phone where exactly one person has that number."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **_: Any
    ) -> Any:
        people = get_user_model()._default_manager
        login_name = (username or "").strip()
        column = "email" if "@" in login_name else "phone"
        value = login_name.lower() if column == "email" else login_name.replace(" ", "")
        found = list(people.filter(**{column: value})[:2]) if value else []
        if len(found) != 1:
            get_user_model()().set_password(
                password
            )  # the same time is spent whether the account exists or not
            return None
        person = found[0]
        return (
            person if person.check_password(password or "") and self.user_can_authenticate(person) else None
        )


class SignInForm(forms.Form):
    """What is typed stays, except the password."""

    login = forms.CharField(max_length=120)
    password = forms.CharField(max_length=200, strip=False, widget=forms.PasswordInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = current_language()
        for name, complete in (("login", "username"), ("password", "current-password")):
            field = self.fields[name]
            field.label = say(f"sign_in.{name}", language)
            field.error_messages = {"required": say("form.required", language)}
            field.widget.attrs["autocomplete"] = complete


def _place(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return wanted if safe else "/"


def _show(request: HttpRequest, form: SignInForm, status: int = 200) -> HttpResponse:
    return render(request, "shared/sign_in.html", {"form": form, "next": _next(request)}, status=status)


@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in and go on to where the reader wanted to be."""
    form = SignInForm(request.POST if request.method == "POST" else None)
    if request.method == "GET" or not form.is_valid():
        return _show(request, form, 200 if request.method == "GET" else 422)
    name, place, now = form.cleaned_data["login"], _place(request), now_of(request)
    if is_paused(name, place, now):
        minutes = int(PAUSE.total_seconds()) // 60
        form.add_error(None, say("sign_in.slow", current_language(), minutes=minutes))
        answer = _show(request, form, 429)
        answer.headers["Retry-After"] = str(int(PAUSE.total_seconds()))
        return answer
    person = authenticate(
        request, username=form.cleaned_data["login"], password=form.cleaned_data["password"]
    )
    if person is None:
        count_wrong(name, place, now)
        form.add_error(None, say("sign_in.wrong", current_language()))
        return _show(request, form, 422)
    login(request, person)
    return HttpResponseRedirect(_next(request))


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Forget the session."""
    logout(request)
    return HttpResponseRedirect("/")
