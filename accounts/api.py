"""Quartiere for programs; everything here is public."""

from django.db.models import QuerySet
from rest_framework import generics

from accounts.models import Quartier
from accounts.selectors import all_quartiere
from accounts.serializers import QuartierSerializer


class QuartierList(generics.ListAPIView[Quartier]):
    """All Quartiere, by city and name."""

    serializer_class = QuartierSerializer
    queryset = Quartier.objects.none()

    def get_queryset(self) -> QuerySet[Quartier]:
        return all_quartiere()


class QuartierDetail(generics.RetrieveAPIView[Quartier]):
    """One Quartier."""

    serializer_class = QuartierSerializer
    lookup_field = "slug"
    queryset = Quartier.objects.none()

    def get_queryset(self) -> QuerySet[Quartier]:
        return all_quartiere()
