"""What a page can be built of. Every block shows in the picker what it will look like."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

# Rich text without headings, pictures and embeds: those are blocks of their own.
FEATURES = ["bold", "italic", "link", "document-link", "ol", "ul"]


class Heading(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Überschrift"), max_length=120)
    small = blocks.BooleanBlock(label=_("kleiner"), required=False)

    class Meta:
        icon = "title"
        label = _("Überschrift")
        template = "cms/blocks/heading.html"
        description = _("Teilt einen langen Text.")
        preview_value = {"text": _("Was du mitbringst"), "small": False}


class Picture(blocks.StructBlock):
    """A picture with its alternative text; `ImageBlock` asks for the text unless the picture is decorative."""

    picture = ImageBlock(label=_("Bild"))
    caption = blocks.CharBlock(label=_("Bildunterschrift"), required=False, max_length=200)

    class Meta:
        icon = "image"
        label = _("Bild")
        template = "cms/blocks/picture.html"
        description = _("Ein Bild mit Beschreibung für alle, die es nicht sehen.")
        preview_template = "cms/previews/picture.html"


class Quote(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Was gesagt wurde"), max_length=400, rows=3)
    who = blocks.CharBlock(label=_("Wer"), required=False, max_length=80, help_text=_("Spitzname, kein echter Name"))

    class Meta:
        icon = "openquote"
        label = _("Zitat")
        template = "cms/blocks/quote.html"
        description = _("Ein Satz von jemandem, der dabei war.")
        preview_value = {"text": _("Beim ersten Regen wussten wir: Das Dach hält."), "who": "Otter-4"}


class Gallery(blocks.ListBlock):
    def __init__(self, **kwargs: object) -> None:
        super().__init__(Picture(), min_num=2, max_num=12, **kwargs)

    class Meta:
        icon = "table"
        label = _("Galerie")
        template = "cms/blocks/gallery.html"
        description = _("Zwei bis zwölf Bilder nebeneinander.")
        preview_template = "cms/previews/gallery.html"


class Video(blocks.StructBlock):
    """A plain link: nothing of another host is loaded on our pages."""

    title = blocks.CharBlock(label=_("Titel"), max_length=120)
    url = blocks.URLBlock(label=_("Adresse"))
    minutes = blocks.IntegerBlock(label=_("Minuten"), required=False, min_value=1, max_value=600)

    class Meta:
        icon = "media"
        label = _("Video")
        template = "cms/blocks/video.html"
        description = _("Ein Link zu einem Video. Es öffnet sich auf der anderen Seite.")
        preview_value = {"title": _("So entsteht ein Hochbeet"), "url": "https://video.example/beet", "minutes": 4}


class Download(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("Datei"))
    title = blocks.CharBlock(label=_("Titel"), required=False, max_length=120)

    class Meta:
        icon = "doc-full-inverse"
        label = _("Zum Herunterladen")
        template = "cms/blocks/download.html"
        description = _("Eine Datei, zum Beispiel ein Zettel für die Eltern.")
        preview_template = "cms/previews/download.html"


class Facts(blocks.ListBlock):
    def __init__(self, **kwargs: object) -> None:
        fact = blocks.StructBlock(
            [
                ("label", blocks.CharBlock(label=_("Was"), max_length=60)),
                ("value", blocks.CharBlock(label=_("Angabe"), max_length=200)),
            ]
        )
        super().__init__(fact, min_num=1, max_num=20, **kwargs)

    class Meta:
        icon = "list-ul"
        label = _("Angaben")
        template = "cms/blocks/facts.html"
        description = _("Kurze Angaben in zwei Spalten: Ort, Zeit, Kosten.")
        preview_value = [
            {"label": _("Treffpunkt"), "value": _("am grünen Tor")},
            {"label": _("Kosten"), "value": _("nichts")},
        ]


class Callout(blocks.StructBlock):
    tone = blocks.ChoiceBlock(
        label=_("Art"),
        choices=[("mist", _("gut zu wissen")), ("sun", _("wichtig")), ("leaf", _("geschafft"))],
        default="mist",
    )
    title = blocks.CharBlock(label=_("Titel"), required=False, max_length=80)
    text = blocks.TextBlock(label=_("Text"), max_length=400, rows=3)

    class Meta:
        icon = "help"
        label = _("Hinweis")
        template = "cms/blocks/callout.html"
        description = _("Ein Kasten, der auffällt.")
        preview_value = {"tone": "sun", "title": _("Treffpunkt verlegt"), "text": _("Diesmal am Wasserturm.")}


class Step(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Schritt"), max_length=80)
    text = blocks.TextBlock(label=_("Text"), required=False, max_length=300, rows=2)

    class Meta:
        icon = "order"
        label = _("Schritt")


class StepList(blocks.ListBlock):
    def __init__(self, **kwargs: object) -> None:
        super().__init__(Step(), min_num=2, max_num=8, **kwargs)

    class Meta:
        icon = "order"
        label = _("Schritte")
        template = "cms/blocks/steps.html"
        description = _("Eine Anleitung, Schritt für Schritt.")
        preview_value = [
            {"title": _("Idee loswerden"), "text": _("Ein Foto und ein Satz reichen.")},
            {"title": _("Stimmen sammeln"), "text": _("Zeig sie deinen Leuten.")},
        ]


class Text(blocks.RichTextBlock):
    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "cms/blocks/text.html"
        description = _("Absätze mit Links und Listen.")
        preview_value = _("<p>Wir treffen uns donnerstags. Vorwissen brauchst du <b>keins</b>.</p>")


class Body(blocks.StreamBlock):
    """The building blocks of every longer text."""

    text = Text(features=FEATURES)
    heading = Heading()
    picture = Picture()
    gallery = Gallery()
    quote = Quote()
    callout = Callout()
    facts = Facts()
    steps = StepList()
    video = Video()
    download = Download()

    class Meta:
        template = "cms/blocks/body.html"


class Steps(blocks.StreamBlock):
    """The steps of "So geht's", each a card."""

    step = Step(
        template="cms/blocks/step.html",
        description=_("Ein Schritt mit einer Zeile Text."),
        preview_value={"title": _("Idee loswerden"), "text": _("Ein Foto und ein Satz reichen.")},
    )

    class Meta:
        max_num = 6


class Logo(blocks.StructBlock):
    name = blocks.CharBlock(label=_("Name"), max_length=120)
    picture = ImageBlock(label=_("Logo"), required=False)
    url = blocks.URLBlock(label=_("Adresse"), required=False)

    class Meta:
        icon = "group"
        label = _("Logo")
        template = "cms/blocks/logo.html"
        description = _("Wer fördert: Name, gern mit Logo.")
        preview_value = {"name": _("Stadt und Land"), "picture": None, "url": ""}


class Logos(blocks.StreamBlock):
    logo = Logo()

    class Meta:
        max_num = 12
