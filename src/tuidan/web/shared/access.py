"""Who may enter. A stranger is sent to sign in; someone without the role sees 404, as if it were not there."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse

View = Callable[..., HttpResponse]


def signed_in(view: View) -> View:
    """Only for people who have signed in; whose order it is, the read or the command decides."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), "/sign-in/")
        return view(request, *args, **kwargs)

    return guarded


def _only(role: str) -> Callable[[View], View]:
    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            if not getattr(request.user, role, False):
                raise Http404
            return view(request, *args, **kwargs)

        return signed_in(guarded)

    return wrap


reviewer_only = _only("is_reviewer")
operator_only = _only("is_operator")
