"""What a Quartier's team holds in the admin: a group of permissions and a collection of files."""

from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Collection

from accounts.models import Quartier


class Workspace(models.Model):
    """Joins a Quartier to Wagtail's group and collection, so that renaming a Quartier changes nobody's rights."""

    quartier = models.OneToOneField(Quartier, models.CASCADE, related_name="workspace")
    group = models.OneToOneField(Group, models.PROTECT, related_name="workspace")
    collection = models.OneToOneField(Collection, models.PROTECT, related_name="workspace")

    class Meta:
        verbose_name = _("Arbeitsplatz")
        verbose_name_plural = _("Arbeitsplätze")

    def __str__(self) -> str:
        return str(self.quartier)
