"""The team's doors: allauth's views as far as staff need them, and nothing of them for anybody else.

Accounts, e-mail addresses and new passwords come from administrators (README). So allauth's pages for those
stay shut: a resident must not be able to leave an e-mail address or a password with us (guard.md, Minors).
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import path

View = Callable[..., HttpResponseBase]


def for_team(view: View) -> View:
    """To a resident the page is absent; a visitor is led to the log-in by the view itself."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not request.user.is_staff:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def shut(request: HttpRequest) -> HttpResponseBase:
    """An address that allauth wants to be able to name."""
    raise Http404


urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", for_team(account.reauthenticate), name="account_reauthenticate"),
    path("password/change/", for_team(account.password_change), name="account_change_password"),
    path("2fa/", for_team(factor.index), name="mfa_index"),
    path("2fa/authenticate/", factor.authenticate, name="mfa_authenticate"),
    path("2fa/reauthenticate/", for_team(factor.reauthenticate), name="mfa_reauthenticate"),
    path("2fa/totp/activate/", for_team(totp.activate_totp), name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", for_team(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/", for_team(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path("2fa/recovery-codes/generate/", for_team(codes.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path("2fa/recovery-codes/download/", for_team(codes.download_recovery_codes), name="mfa_download_recovery_codes"),
    path("signup/", shut, name="account_signup"),
    path("email/", shut, name="account_email"),
    path("password/set/", shut, name="account_set_password"),
    path("password/reset/", shut, name="account_reset_password"),
    path("confirm-email/", shut, name="account_email_verification_sent"),
]
