"""Pictures that come from elsewhere than the admin's upload form."""

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts.models import Quartier, User
from cms.forms.pictures import cleaned_picture
from cms.models import Picture
from cms.services.access import ensure_workspace


@transaction.atomic
def add_picture(*, quartier: Quartier, upload: UploadedFile, title: str, alt: str, by: User | None) -> Picture:
    """A picture in the collection of a Quartier, taken in as every upload is. Raises ValidationError."""
    picture = Picture(
        title=title,
        description=alt,
        file=cleaned_picture(upload),
        collection=ensure_workspace(quartier).collection,
        uploaded_by_user=by,
    )
    picture.save()
    return picture
