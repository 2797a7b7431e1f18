"""Papers: what was typed is what is printed, and a screen reader finds its way."""

from io import BytesIO
from pathlib import Path

import pytest
import typst
from pypdf import PdfReader

from common.pdf import render
from tests.common.papers import poster_facts

ODD = '#import "x" $a$ *fett* _kursiv_ \\ [l] @ref <label> #{1+1} // /* `c`'


def read(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf))


def words(pdf: bytes) -> str:
    """All words of all pages in reading order, with single spaces."""
    return " ".join(" ".join(page.extract_text() for page in read(pdf).pages).split())


@pytest.fixture(scope="module")
def poster() -> bytes:
    return render("poster", poster_facts(), title=ODD, lang="de")


def test_a_paper_is_tagged_and_has_title_and_language(poster: bytes) -> None:
    document = read(poster)
    root = document.trailer["/Root"]
    assert document.metadata is not None
    assert document.metadata.title == ODD
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("de", True)
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712 - pypdf's own boolean
    assert "/StructTreeRoot" in root
    assert b"pdfuaid" in poster


def test_every_letter_is_embedded(poster: bytes) -> None:
    fonts = read(poster).pages[0]["/Resources"]["/Font"].values()
    below = [font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"] for font in fonts]
    assert [bool({"/FontFile2", "/FontFile3"} & set(font)) for font in below] == [True] * len(below)
    assert below


def test_markup_in_what_was_typed_stays_text(poster: bytes) -> None:
    assert "".join(ODD.split()) in "".join(words(poster).split())


def test_the_size_of_the_paper_is_chosen() -> None:
    sizes = [render("poster", poster_facts(paper=size), title="Titel", lang="de") for size in ("a4", "a3")]
    assert [round(float(read(pdf).pages[0].mediabox.width) / 72 * 25.4) for pdf in sizes] == [210, 297]


@pytest.mark.parametrize(
    "title", ["Привіт", "ŞğİöÜ", "مرحبا", "\N{PARTY POPPER}", "\ue000", "Donau" * 16, "", "a\n\nb"]
)
def test_no_title_breaks_a_paper(title: str) -> None:
    """Also one whose letters have no font here, and one that is a single endless word."""
    assert len(read(render("poster", poster_facts(), title=title, lang="ar")).pages) == 1


@pytest.mark.parametrize("path", ["../secret.txt", "/../secret.txt"])
def test_a_template_reads_nothing_but_templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    (tmp_path / "papers").mkdir()
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "papers" / "curious.typ").write_text(f'#read("{path}")')
    monkeypatch.setattr("common.pdf.PAPERS", tmp_path / "papers")
    with pytest.raises(typst.TypstError):
        render("curious", {}, title="x")
