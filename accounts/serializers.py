"""People and places as the API shows them."""

from rest_framework import serializers

from accounts.models import Quartier


class QuartierSerializer(serializers.ModelSerializer[Quartier]):
    """A Quartier as everybody may see it."""

    programme = serializers.CharField(source="programme.name", read_only=True)
    url = serializers.CharField(source="get_absolute_url", read_only=True)

    class Meta:
        model = Quartier
        fields = ["slug", "name", "city", "programme", "age_min", "age_max", "answer_days", "url"]
