"""How staff sign in: e-mail, password, second factor; accounts are made by administrators only."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import LoginForm
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

# A team's shared computer must not stay open over night.
STAFF_SESSION_SECONDS = 12 * 60 * 60


class StaffAdapter(DefaultAccountAdapter):
    """allauth, narrowed to staff."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return reverse("wagtailadmin_home")


class StaffLoginForm(LoginForm):
    """allauth's form, with a session that ends after a working day."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # No link to a reset by mail: an administrator resets passwords (README).
        self.fields["password"].help_text = ""

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        response: HttpResponse = super().login(request, redirect_url=redirect_url)
        request.session.set_expiry(STAFF_SESSION_SECONDS)
        return response
