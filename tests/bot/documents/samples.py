"""Documents for the tests, made with the libraries themselves, never taken from anybody."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

import docx
import pptx
from PIL import Image
from pptx.util import Inches
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, NumberObject

SIZE = 12
A4 = (595, 842)


def saved(document: object) -> bytes:
    """The bytes of a docx or pptx."""
    file = io.BytesIO()
    document.save(file)  # type: ignore[attr-defined]
    return file.getvalue()


def word(title: str = "价格政策", *, rows: Sequence[Sequence[str]] = (), paragraphs: Iterable[str] = ()) -> bytes:
    """A Word document: a title, two headings, paragraphs under the second, a table under the first."""
    document = docx.Document()
    document.add_heading(title, 1)
    document.add_heading("返利", 2)
    if rows:
        table = document.add_table(0, len(rows[0]))
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    document.add_heading("窜货", 2)
    for text in paragraphs:
        document.add_paragraph(text)
    return saved(document)


def slides(texts: Sequence[tuple[str, str, str]]) -> bytes:
    """A presentation: each slide has a title, a text and notes; the first one also a table."""
    deck = pptx.Presentation()
    for number, (title, text, notes) in enumerate(texts):
        slide = deck.slides.add_slide(deck.slide_layouts[1])
        slide.shapes.title.text = title
        slide.placeholders[1].text = text
        if notes:
            slide.notes_slide.notes_text_frame.text = notes
        if number == 0:
            table = slide.shapes.add_table(2, 2, Inches(1), Inches(5), Inches(4), Inches(1)).table
            for place, cell in enumerate(("规格", "零售价", "550 毫升", "2 元")):
                table.cell(place // 2, place % 2).text = cell
    return saved(deck)


def pdf(pages: Sequence[Sequence[str]], *, password: str | None = None, owner_only: bool = False) -> bytes:
    """A PDF of the lines of each page; a page without lines is blank. Locked where it has a password."""
    writer = PdfWriter()
    for lines in pages:
        writer.add_blank_page(*A4)
        if lines:
            _print(writer, lines)
    if password:
        writer.encrypt("" if owner_only else password, password, algorithm="AES-256")
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def _print(writer: PdfWriter, lines: Sequence[str]) -> None:
    """Write lines on the newest page in a font whose glyphs are numbered as Unicode is."""
    unicode = "".join(dict.fromkeys("".join(lines)))
    ranges = "\n".join(f"<{ord(sign):04x}> <{ord(sign):04x}>" for sign in unicode)
    table = DecodedStreamObject()
    table.set_data(
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n"
        b"1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        + f"{len(unicode)} beginbfchar\n{ranges}\nendbfchar\n".encode()
        + b"endcmap CMapName currentdict /CMap defineresource pop end end"
    )
    inner = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/CIDFontType2"),
            NameObject("/BaseFont"): NameObject("/Sample"),
            NameObject("/DW"): NumberObject(1000),
        }
    )
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type0"),
            NameObject("/BaseFont"): NameObject("/Sample"),
            NameObject("/Encoding"): NameObject("/Identity-H"),
            NameObject("/DescendantFonts"): ArrayObject([writer._add_object(inner)]),
            NameObject("/ToUnicode"): writer._add_object(table),
        }
    )
    content = DecodedStreamObject()
    shown = "\n".join(
        f"1 0 0 1 50 {800 - 18 * at} Tm <{line.encode('utf-16-be').hex()}> Tj" for at, line in enumerate(lines)
    )
    content.set_data(f"BT /F1 {SIZE} Tf\n{shown}\nET".encode())
    page = writer.pages[-1]
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/Font"): DictionaryObject({NameObject("/F1"): writer._add_object(font)})}
    )
    page[NameObject("/Contents")] = writer._add_object(content)


def scan(pages: int = 1) -> bytes:
    """A PDF whose pages are pictures, as scanners make them."""
    file = io.BytesIO()
    first, *rest = [Image.new("L", (60, 80), 200) for _ in range(pages)]
    first.save(file, "PDF", save_all=True, append_images=rest)
    return file.getvalue()


def joined(*documents: bytes) -> bytes:
    """Several PDFs as one."""
    writer = PdfWriter()
    for data in documents:
        writer.append(PdfReader(io.BytesIO(data)))
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()
