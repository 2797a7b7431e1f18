"""Reading people and places for somebody."""

import secrets

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, F, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.models import ContactPerson, Quartier, User
from accounts.nicknames import ANIMALS
from accounts.rules import may_act


def quartier_or_404(slug: str) -> Quartier:
    """The Quartier of an address, with its programme and carrier."""
    found = find_quartier(slug)
    if found is None:
        raise Http404
    return found


def find_quartier(slug: str) -> Quartier | None:
    """The same, or None; the slug may be anything that somebody put into an address."""
    if "\0" in slug:  # which PostgreSQL refuses to look for
        return None
    return Quartier.objects.select_related("programme", "carrier").filter(slug=slug).first()


def all_quartiere() -> QuerySet[Quartier]:
    return Quartier.objects.select_related("programme").order_by("city", "name")


def quartiere_of(user: User | AnonymousUser) -> QuerySet[Quartier]:
    """The Quartiere that a member of staff is responsible for; none for everybody else."""
    if not may_act(user) or not user.is_staff:
        return Quartier.objects.none()
    if user.is_superuser:
        return Quartier.objects.all()
    return Quartier.objects.filter(Q(roles__user=user) | Q(programme__roles__user=user)).distinct()


def staffed_quartier_or_404(user: User | AnonymousUser, pk: int) -> Quartier:
    """A Quartier in the hands of this member of staff; a foreign one is as absent as none."""
    return get_object_or_404(quartiere_of(user), pk=pk)


def contact_for(quartier: Quartier) -> ContactPerson | None:
    """Who gets a new idea: the contact person with an account who carries the fewest open ideas.

    Without any account in the Quartier it is the first contact person by name, and None if there is nobody.
    """
    return (
        quartier.contacts.annotate(
            load=Count("ideas", filter=Q(ideas__answered_at__isnull=True, ideas__published_at__isnull=False)),
        )
        .order_by(F("user__is_staff").desc(nulls_last=True), "load", "name")
        .first()
    )


def free_nickname() -> str:
    """A nickname nobody has, such as "Luchs-17"; offered ready-made, never forced."""
    for digits in (2, 2, 3, 4):
        names = [f"{secrets.choice(ANIMALS)}-{secrets.randbelow(10**digits - 2) + 2}" for _ in range(4)]
        taken = set(User.objects.filter(nickname__in=names).values_list("nickname", flat=True))
        free = [name for name in names if name not in taken]
        if free:
            return free[0]
    raise Http404  # forty thousand names tried in vain: the animals have run out
