"""Registering as a buyer: a name, an e-mail address, a password; signed in at once."""

from __future__ import annotations

from django import forms
from django.contrib.auth import authenticate, login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from tuidan.commands.people import EmailTaken, register_buyer
from tuidan.web.shared.language import current_language
from tuidan.web.shared.now import now_of
from tuidan.web.shared.words import say

PASSWORD_CHARS_MIN = 10


class RegisterForm(forms.Form):
    """What is asked of a new buyer, and nothing more."""

    name = forms.CharField(max_length=40)
    email = forms.EmailField(max_length=120)
    password = forms.CharField(
        min_length=PASSWORD_CHARS_MIN, max_length=200, strip=False, widget=forms.PasswordInput
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)
        language = current_language()
        for name, complete in (("name", "name"), ("email", "email"), ("password", "new-password")):
            field = self.fields[name]
            field.label = say(f"register.{name}", language)
            field.error_messages["required"] = say("form.required", language)
            field.widget.attrs["autocomplete"] = complete
        self.fields["email"].error_messages["invalid"] = say("register.email_bad", language)
        self.fields["password"].error_messages["min_length"] = say("register.password_short", language)
        self.fields["password"].help_text = say("register.password_hint", language)


@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """Make the account and sign in."""
    form = RegisterForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            register_buyer(data["email"], data["password"], data["name"], current_language(), now_of(request))
        except EmailTaken:
            form.add_error("email", say("register.taken", current_language()))
        else:
            login(request, authenticate(request, username=data["email"], password=data["password"]))
            return HttpResponseRedirect("/")
    return render(
        request, "buyer/register.html", {"form": form}, status=422 if request.method == "POST" else 200
    )
