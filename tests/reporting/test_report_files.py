"""The HTML and the PDF of a report: they say the same, load nothing, and no text in them does anything."""

import io
import re
import unicodedata
from dataclasses import replace
from html.parser import HTMLParser

import pypdf
import pytest

from models.reporting import Signature, content_hash, document_of
from models.reporting.content import ReportContent
from models.reporting.html import POLICY, as_html
from models.reporting.pdf import as_pdf, as_pictures
from tests.reporting.report_builders import AT, a_content, a_reported

BEACON = "http://127.0.0.1:9/beacon"
PAYLOADS = (
    f'<img src="{BEACON}">',
    f"<script src='{BEACON}'></script>",
    '<iframe src="file:///etc/passwd"></iframe>',
    f'"><link rel=stylesheet href={BEACON}>',
    "</style><style>@import url(file:///etc/passwd);</style>",
    f'#image("{BEACON}") #read("/etc/passwd") #include "x.typ" $x$ *bold* @ref <label>',
    "#set page(background: none)\n= heading",
    "\\u{41} `raw` ```typ #panic()```",
    f"javascript:alert(1) {BEACON} file:///etc/passwd",
    '=HYPERLINK("http://127.0.0.1:9/","x")',
)


def hostile(words: str) -> ReportContent:
    """The words in every field that a file or a person writes."""
    variant = a_reported()
    given = replace(variant.given, condition=words, note=words, who=words)
    criteria = tuple(replace(c, reason=words, source=words, note=words, judged_by=words) for c in variant.criteria)
    features = tuple(replace(f, feature=words, in_gene=words) for f in variant.features)
    text = dict.fromkeys(("name", "gene", "hgvs", "protein", "place", "chosen_because", "inheritance", "allele"), words)
    variant = replace(variant, given=given, criteria=criteria, features=features, **text)
    base = a_content(variants=(variant,), pseudonym=words, indication=words, consent=words, caller=words)
    return replace(
        base,
        terms=tuple(replace(t, label=words) for t in base.terms),
        dismissed=tuple(replace(d, name=words, reason=words, by=words) for d in base.dismissed),
        findings=tuple(replace(f, sentence=words, overridden=words) for f in base.findings),
        releases=tuple(replace(r, name=words) for r in base.releases),
        why_amended=words,
        amends="b" * 64,
        signature=Signature(words, AT.isoformat()),
    )


class Tags(HTMLParser):
    """Every element and attribute of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self.attributes: set[tuple[str, str]] = set()
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.seen.add(tag)
        self.attributes |= {(tag, name) for name, _ in attrs}


QUIET = Tags(as_html(document_of(a_content())))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_payload_in_any_field_adds_no_element_and_no_attribute_to_the_html(payload: str) -> None:
    page = as_html(document_of(hostile(payload)))
    tags = Tags(page)
    assert tags.seen <= QUIET.seen
    assert tags.attributes <= QUIET.attributes
    assert not tags.seen & {"script", "img", "iframe", "link", "object", "embed", "base", "form", "a"}
    assert not {name for _, name in tags.attributes} & {"src", "href", "style", "srcset", "data", "onload", "onerror"}
    assert page.count("<style>") == 1


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_payload_in_any_field_is_letters_in_the_pdf_and_nothing_acts(payload: str) -> None:
    data = as_pdf(document_of(hostile(payload)), AT)
    assert squeezed(payload) in squeezed(text_of(data))
    assert not keys_of(data) & {
        "/JavaScript",
        "/JS",
        "/URI",
        "/Launch",
        "/EmbeddedFiles",
        "/GoToR",
        "/OpenAction",
        "/AA",
    }
    assert "/Annots" not in keys_of(data)


def test_nothing_of_the_page_may_load_anything() -> None:
    page = as_html(document_of(a_content()))
    assert POLICY.startswith("default-src 'none'; style-src 'sha256-")
    assert POLICY in page
    assert not re.search(r"(?:https?:)?//|url\(|@import", page)


@pytest.mark.parametrize(
    "name",
    [
        "أحمد بن علي",
        "דוד כהן",
        "Ångström-Müller, Ó Súilleabháin",
        "Nguyễn Thị Ánh",
        "Иванов",
        "O'Neil & Sons <x>",
        "−1+2=3",
    ],
)
def test_names_in_any_script_survive(name: str) -> None:
    content = a_content(pseudonym=name)
    assert name.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("'", "&#x27;") in as_html(
        document_of(content)
    )
    letters = set(squeezed(unicodedata.normalize("NFKC", text_of(as_pdf(document_of(content), AT)))))
    assert set(squeezed(unicodedata.normalize("NFKC", name))) <= letters


def test_marks_that_turn_text_round_are_taken_out_and_the_letters_stay() -> None:
    content = a_content(pseudonym="SYN\u202e-100\u2066x\u2069\u200f\x00\x1b[31m")
    assert "SYN-100x[31m" in as_html(document_of(content))
    assert "SYN-100x[31m" in text_of(as_pdf(document_of(content), AT))


def test_a_name_of_four_thousand_characters_and_an_allele_of_as_many_bases_stay_whole_on_the_page() -> None:
    allele = "chr2-1000-A-" + "ACGT" * 1000
    content = a_content(indication="x" * 4000, variants=(a_reported(allele=allele, alt="ACGT" * 1000),))
    pdf = as_pdf(document_of(content), AT)
    assert "x" * 4000 in squeezed(text_of(pdf))
    assert allele in squeezed(text_of(pdf))
    assert allele in as_html(document_of(content))
    for page in pypdf.PdfReader(io.BytesIO(pdf)).pages:
        right: list[float] = []
        page.extract_text(visitor_text=lambda text, cm, tm, font, size, right=right: right.append(tm[4]))
        assert max(right) < float(page.mediabox.right)


def test_all_that_a_class_rests_on_can_be_read_in_the_pdf() -> None:
    content = a_content()
    text = squeezed(text_of(as_pdf(document_of(content), AT)))
    variant = content.variants[0]
    facts = [variant.allele, variant.hgvs, variant.place, variant.zygosity, variant.inheritance, variant.frequency]
    facts += [*variant.family, *(value for _, value, _ in variant.looked_up), variant.comes_to_because]
    facts += [
        word for c in variant.criteria for word in (c.code, c.strength, c.reason, c.source, c.judged_by, c.lacking)
    ]
    facts += [r.name + r.version + r.released_on for r in content.releases]
    facts += [content_hash(content), content.decisions_head, content.file_sha256]
    assert [fact for fact in facts if squeezed(fact) not in text] == []


def test_every_page_names_patient_case_and_page_and_a_draft_says_so() -> None:
    draft = a_content(findings=a_content().findings * 60)
    pages = pages_of(as_pdf(document_of(draft), AT))
    assert len(pages) > 2
    for number, page in enumerate(pages, 1):
        assert f"{draft.pseudonym} · case {draft.case_id}" in page
        assert f"Page {number} of {len(pages)}" in page
        assert "DRAFT" in page
    signed = replace(draft, signature=Signature("Dr A", AT.isoformat()))
    assert not any("DRAFT" in page for page in pages_of(as_pdf(document_of(signed), AT)))
    assert "DRAFT" not in as_html(document_of(signed))
    assert "Dr A, 2026-11-21 16:00 UTC" in "".join(pages_of(as_pdf(document_of(signed), AT)))


def test_the_pdf_is_the_same_bytes_each_time_tagged_and_of_a4() -> None:
    document = document_of(a_content())
    data = as_pdf(document, AT)
    assert data == as_pdf(document, AT)
    reader = pypdf.PdfReader(io.BytesIO(data))
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.trailer["/Root"]["/Lang"] == "en"
    assert [round(float(v)) for v in reader.pages[0].mediabox[2:]] == [595, 842]


def test_its_pages_can_be_looked_at() -> None:
    assert all(page.startswith(b"\x89PNG") for page in as_pictures(document_of(a_content()), AT, 30))


def pages_of(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def text_of(pdf: bytes) -> str:
    return "".join(pages_of(pdf))


def keys_of(pdf: bytes) -> set[str]:
    """Every key of every object of the file, and every kind of action."""
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    found: set[str] = set()
    waiting = [reader.get_object(n) for n in range(1, int(reader.trailer["/Size"]))]
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, dict):
            found |= {str(key) for key in thing} | {str(thing["/S"]) for _ in [0] if "/S" in thing}
            waiting += [v for v in thing.values() if isinstance(v, dict | list)]
        elif isinstance(thing, list):
            waiting += [v for v in thing if isinstance(v, dict | list)]
    assert {"/Pages", "/StructTreeRoot", "/Contents"} <= found
    return found


def squeezed(text: str) -> str:
    """Without what a line end or a break adds."""
    return re.sub(r"[\s\u200b\u00ad]+", "", text)
