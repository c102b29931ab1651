"""Addresses that belong to no console: signing in and out, the rules, evidence to take along and to check."""

from django.urls import URLPattern, path

from tuidan.web.shared import bundle, language, parts_page, rules, rules_version, sign_in, terms, verify

urlpatterns: list[URLPattern] = [
    path("sign-in/", sign_in.sign_in, name="sign-in"),
    path("sign-out/", sign_in.sign_out, name="sign-out"),
    path("language/", language.switch, name="language"),
    path("rules/", rules.rules, name="rules"),
    path("rules/<str:sha256>.json", rules.document, name="rules-document"),
    path("rules/versions/<str:sha256>/", rules_version.version, name="rules-version"),
    path("rules/versions/<str:sha256>/comment/", rules_version.comment, name="rules-comment"),
    path("terms/", terms.terms, name="terms"),
    path("orders/<uuid:order_id>/bundle/", bundle.take, name="bundle"),
    path("verify/", verify.page, name="verify"),
    path("verify/sentences.json", verify.sentences, name="verify-sentences"),
    path("verify/verify.py", verify.single, name="verify-single"),
    path("_parts", parts_page.parts, name="parts"),
]
