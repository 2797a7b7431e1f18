"""The cast as fixtures, and the rules of the suite: no foreign network, and what is skipped is named.

`REQUIRE=browser,postgres,redis` turns a missing Chromium, PostgreSQL or Redis from a skip into a failure.
"""

import os
import shutil
import socket
from collections.abc import Callable, Iterator
from functools import cache as once
from ipaddress import ip_address
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation

from accounts.models import Quartier, User
from tests import cast

# A busy machine is slow, not wrong: pytest-timeout bounds every test.
hypothesis.settings.register_profile("suite", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("suite")

# --- what a test needs -----------------------------------------------------------------------------------
NEEDS = ("browser", "postgres", "redis")
REQUIRED = frozenset(filter(None, os.environ.get("REQUIRE", "").replace(" ", "").split(",")))
# How often a test that waits for a browser, for processes or for seconds may be tried again.
SECOND_TRIES = int(os.environ.get("SECOND_TRIES", "2"))
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


def pytest_configure(config: pytest.Config) -> None:
    unknown = REQUIRED - set(NEEDS)
    if unknown:
        raise pytest.UsageError(f"REQUIRE knows {', '.join(NEEDS)}, not {', '.join(sorted(unknown))}")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests share one server and one browser, so one worker takes them all, one after the other.

    What hangs on the clock gets two more tries (`SECOND_TRIES=0`: none): a machine that others keep busy is slow, not
    wrong. The closing lines name every such test, for one that needs it on a quiet machine has a race to be found.
    """
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.xdist_group("browser"))
            # The first of them also makes the demo and starts the server.
            item.add_marker(pytest.mark.timeout(600))
        if item.get_closest_marker("browser") or item.get_closest_marker("clock"):
            item.add_marker(pytest.mark.flaky(reruns=SECOND_TRIES))


def pytest_runtest_setup(item: pytest.Item) -> None:
    for need in NEEDS:
        if item.get_closest_marker(need) and (why := _missing(need)):
            if need in REQUIRED:
                pytest.fail(f"REQUIRE={need}: {why}", pytrace=False)
            pytest.skip(why)


@once
def _missing(need: str) -> str:
    """Why a need cannot be met here, or nothing."""
    if need == "browser":
        return "" if chromium() else "no Chromium on this machine (apt install chromium)"
    if need == "postgres":
        engine = settings.DATABASES["default"]["ENGINE"]
        return "" if engine.endswith("postgresql") else "DATABASE_URL names no PostgreSQL"
    return "" if settings.REDIS_URL else "REDIS_URL names no Redis"


def chromium() -> str | None:
    """Where Debian's Chromium is."""
    return next(filter(None, map(shutil.which, CHROMIUM)), None)


@pytest.fixture(autouse=True, scope="session")
def no_network_but_loopback() -> Iterator[None]:
    """A connection to another machine is a mistake in the test or in the product: it fails at once."""
    originals = {name: getattr(socket.socket, name) for name in ("connect", "connect_ex")}

    def guarded(name: str) -> Callable[[socket.socket, Any], Any]:
        def connect(self: socket.socket, address: Any) -> Any:
            if self.family != socket.AF_UNIX and not _is_loopback(address[0]):
                raise RuntimeError(f"a test tried to reach {address[0]}: the suite stays on this machine")
            return originals[name](self, address)

        return connect

    for name in originals:
        setattr(socket.socket, name, guarded(name))
    yield
    for name, original in originals.items():
        setattr(socket.socket, name, original)


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    """Throttles and cached frames of one test are none of the next one's business."""
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def the_language_of_the_product() -> Iterator[None]:
    """A request leaves its language behind in the thread of the test client; the next test begins in German."""
    translation.deactivate()
    yield
    translation.deactivate()


# --- places ----------------------------------------------------------------------------------------------
@pytest.fixture
def quartier(db: None) -> Quartier:
    return cast.make_quartier("nordstadt", "Nordstadt", programme="JUGEND STÄRKEN im Quartier")


@pytest.fixture
def other_quartier(db: None) -> Quartier:
    """A Quartier of another programme: nobody of `quartier` has any say here."""
    return cast.make_quartier("suedhang", "Südhang", programme="Soziale Stadt")


# --- people ----------------------------------------------------------------------------------------------
@pytest.fixture
def resident(quartier: Quartier) -> User:
    return cast.make_resident("Rosa 27", quartier)


@pytest.fixture
def neighbour(other_quartier: Quartier) -> User:
    """A resident of the other Quartier."""
    return cast.make_resident("Nuri 12", other_quartier)


@pytest.fixture
def contact_person(quartier: Quartier) -> User:
    """Staff of `quartier`, its contact person."""
    return cast.make_contact_person("Yasemin", quartier)


@pytest.fixture
def other_staff(other_quartier: Quartier) -> User:
    """Staff of the other Quartier: a colleague, and still a stranger here."""
    return cast.make_contact_person("Ole", other_quartier)


@pytest.fixture
def coordinator(quartier: Quartier) -> User:
    """Coordinates the programme of `quartier`."""
    return cast.make_coordinator("Kira", quartier.programme)


@pytest.fixture
def administrator(db: None) -> User:
    return cast.make_administrator("Adam")


@pytest.fixture
def member(project: Any, quartier: Quartier) -> User:
    """A resident who has joined `project`."""
    from participation.services.projects import join_project

    person = cast.make_resident("Milan 5", quartier)
    join_project(resident=person, project=project)
    return person


@pytest.fixture
def guest_token() -> str:
    """What the guest's device holds."""
    return cast.GUEST_TOKEN


@pytest.fixture
def guest(event: Any, guest_token: str) -> Any:
    """A seat in `event`: somebody who came by code, without an account."""
    from participation.services.events import take_seat

    return take_seat(event=event, token=guest_token, nickname="Gast 1")


# --- things ----------------------------------------------------------------------------------------------
@pytest.fixture
def idea(resident: User, contact_person: User) -> Any:
    """An idea of `resident`, published, with `contact_person` as its contact."""
    return cast.make_idea(resident)


@pytest.fixture
def project(contact_person: User, quartier: Quartier) -> Any:
    """A running project of `quartier` with ten places."""
    return cast.make_project(contact_person, quartier)


@pytest.fixture
def event(contact_person: User, quartier: Quartier) -> Any:
    """An open space of `quartier` that is running."""
    return cast.make_event(contact_person, quartier)


@pytest.fixture
def photo() -> SimpleUploadedFile:
    return cast.make_photo()


# --- clients ---------------------------------------------------------------------------------------------
@pytest.fixture
def signed_in(db: None) -> Callable[[User], Client]:
    """A test client of somebody: `signed_in(resident).get("/")`."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def resident_client(signed_in: Callable[[User], Client], resident: User) -> Client:
    return signed_in(resident)


@pytest.fixture
def neighbour_client(signed_in: Callable[[User], Client], neighbour: User) -> Client:
    return signed_in(neighbour)


@pytest.fixture
def member_client(signed_in: Callable[[User], Client], member: User) -> Client:
    return signed_in(member)


@pytest.fixture
def contact_client(signed_in: Callable[[User], Client], contact_person: User) -> Client:
    return signed_in(contact_person)


@pytest.fixture
def other_staff_client(signed_in: Callable[[User], Client], other_staff: User) -> Client:
    return signed_in(other_staff)


@pytest.fixture
def coordinator_client(signed_in: Callable[[User], Client], coordinator: User) -> Client:
    return signed_in(coordinator)


@pytest.fixture
def administrator_client(signed_in: Callable[[User], Client], administrator: User) -> Client:
    return signed_in(administrator)
