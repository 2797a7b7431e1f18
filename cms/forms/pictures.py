"""The intake of pictures that staff upload: what is kept is made anew, the original is never stored."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext_lazy as _
from wagtail.images.forms import BaseImageForm

from common.errors import Refused
from common.photos import WIDTHS, take_in


class PictureField(forms.FileField):
    """A picture that is checked by its content and made anew, as every photo of a resident is."""

    default_error_messages = {"empty": _("Diese Datei ist leer. Nimm eine andere.")}

    def to_python(self, data: Any) -> Any:
        upload = super().to_python(data)
        return cleaned_picture(upload) if upload else upload


class PictureForm(BaseImageForm):
    """Wagtail's picture form with our own intake in place of its file field."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            theirs = self.fields["file"]
            self.fields["file"] = PictureField(
                label=theirs.label, widget=theirs.widget, help_text=_("JPEG, PNG, WebP oder HEIC, höchstens 10 MB")
            )
        description = self.fields.get("description")
        if description is not None:
            description.label = _("Was ist zu sehen?")
            description.help_text = _("Für alle, die das Bild nicht sehen. Ein Satz reicht.")


def cleaned_picture(upload: Any) -> SimpleUploadedFile:
    """The upload as WebP, upright, at most 1280 pixels wide, without metadata. Raises ValidationError."""
    try:
        photo = take_in(upload)
    except Refused as refusal:
        raise forms.ValidationError(str(refusal), code=refusal.code) from None
    stem = (upload.name or "bild").rsplit(".", 1)[0]
    return SimpleUploadedFile(f"{stem}.webp", photo.renditions[max(WIDTHS)].data, content_type="image/webp")
