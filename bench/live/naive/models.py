"""One row for each vote."""

from django.db import models


class Vote(models.Model):
    ballot = models.IntegerField()
    seat = models.CharField(max_length=64)
    choice = models.JSONField()

    class Meta:
        app_label = "naive"
        constraints = [models.UniqueConstraint(fields=["ballot", "seat"], name="one_vote_per_seat")]
