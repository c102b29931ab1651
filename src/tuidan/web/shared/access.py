"""Who may enter. A stranger is sent to sign in; someone without the role sees 404, as if it were not there."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control

View = Callable[..., HttpResponseBase]


def signed_in(view: View) -> View:
    """Only for people who have signed in; whose order it is, the read or the command decides.

    What it answers is one person's and stays out of shared caches."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), "/sign-in/")
        response = view(request, *args, **kwargs)
        patch_cache_control(response, private=True, no_cache=True)
        return response

    return guarded


def _only(role: str) -> Callable[[View], View]:
    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            if not getattr(request.user, role, False):
                raise Http404
            return view(request, *args, **kwargs)

        return signed_in(guarded)

    return wrap


reviewer_only = _only("is_reviewer")
operator_only = _only("is_operator")
appraiser_only = _only("is_appraiser")
