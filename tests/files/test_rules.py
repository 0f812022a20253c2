"""The door: what a file is, and why one is not let in."""

import struct
import zlib
from io import BytesIO

import pytest
from django.utils import translation
from PIL import Image

from governance.files.kinds import DOCUMENTS, TABLES, FileRefused, Kind
from governance.files.rules import check, clean_name
from governance.files.rules import images as image_rules
from tests.files import samples
from tests.files.samples import picture, upload, workbook

GBK = "工号,姓名\nT1,陈思远\n".encode("gbk")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (samples.PDF, Kind.PDF),
        (picture("PNG"), Kind.PNG),
        (picture("JPEG"), Kind.JPEG),
        (picture("WEBP"), Kind.WEBP),
        (picture("GIF", mode="P"), Kind.PNG),
        (workbook(), Kind.XLSX),
        (samples.document(), Kind.DOCX),
        (samples.archive("[Content_Types].xml", "ppt/presentation.xml"), Kind.PPTX),
        ("工号,姓名\nT1,陈思远\n".encode(), Kind.CSV),
        (GBK, Kind.CSV),
        ("工号\t姓名\n".encode("utf-16"), Kind.CSV),
        ("请总裁办阅。\n第二行，完。\n".encode(), Kind.TXT),
    ],
)
def test_check_finds_the_kind_whatever_name_and_browser_say(content, kind):
    checked = check(upload(content, "看这里.exe", "application/x-msdownload"))
    assert (checked.kind, checked.name) == (kind, f"看这里.exe.{kind.extension}")


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\x00" + b"\0" * 100,
        b"\x7fELF\x02\x01\x01" + b"\0" * 100,
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"\xef\xbb\xbf  <!DOCTYPE html><script>alert(1)</script>",
        b"<?xml version='1.0'?><a/>",
        b"GIF89a" + b"<script>alert(1)</script>",
        b"x" * 10 + samples.PDF,
        samples.PDF.replace(b"%%EOF", b""),
        samples.PDF + samples.archive("payload.jar"),
        samples.PDF[:9] + b"<script>alert(1)</script>" + samples.PDF[9:],
        samples.archive("evil.txt"),
        samples.archive("[Content_Types].xml", "xl/workbook.xml", "word/document.xml"),
        b"x" + workbook(),
        workbook(comment=b"<script>"),
        workbook("../../etc/passwd"),
        workbook("xl/vbaProject.bin"),
        workbook()[:-30],
        picture("PNG")[:60],
        b"\xff\xd8\xff\xe0" + b"\0" * 50,
        b"abc\x00def",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100,
        b"",
    ],
)
def test_check_refuses_strangers_polyglots_and_damage(content):
    with pytest.raises(FileRefused):
        check(upload(content))


def test_check_refuses_what_the_form_does_not_want():
    with translation.override("en"), pytest.raises(FileRefused) as refused:
        check(upload(samples.PDF), allowed=TABLES)
    with translation.override("en"):
        assert str(refused.value.sentence) == "This kind of file is not accepted. Send one of these: XLSX, CSV."


def test_check_says_how_to_send_a_phone_picture():
    heic = b"\0\0\0\x18ftypheic" + b"\0" * 40
    with translation.override("en"), pytest.raises(FileRefused, match="JPEG"):
        check(upload(heic, "IMG_1.HEIC"))


def test_check_refuses_more_bytes_than_the_limit():
    assert check(upload(samples.PDF), at_most=len(samples.PDF)).kind is Kind.PDF
    with pytest.raises(FileRefused):
        check(upload(samples.PDF), at_most=len(samples.PDF) - 1)


def test_picture_comes_back_upright_and_without_metadata():
    checked = check(upload(picture("JPEG", turned=True)))
    with Image.open(checked.content) as image:
        assert (image.size, dict(image.getexif())) == ((20, 40), {})
    assert b"Secret Camera" not in checked.content.getvalue()


def test_picture_loses_what_hides_behind_it():
    checked = check(upload(picture("PNG") + b"<script>alert(1)</script>PK\x05\x06"))
    assert b"script" not in checked.content.getvalue()


def test_picture_keeps_its_transparency():
    with Image.open(check(upload(picture("PNG", mode="RGBA"))).content) as image:
        assert image.mode == "RGBA"


def test_huge_photo_is_kept_at_half_its_width(monkeypatch):
    monkeypatch.setattr(image_rules, "KEPT_PIXELS", 32 * 32)
    with Image.open(check(upload(picture("JPEG", size=(64, 48), turned=True))).content) as image:
        assert image.size == (24, 32)


def bomb(width, height):
    """A PNG of a few bytes that says it has a great many pixels."""

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("size", [(60_000, 60_000), (10_000, 6_001), (40_000, 10)])
def test_picture_with_too_many_pixels_is_refused_unread(size):
    with translation.override("en"), pytest.raises(FileRefused, match="pixels"):
        check(upload(bomb(*size)))


def test_archive_that_unpacks_to_far_more_is_refused():
    with translation.override("en"), pytest.raises(FileRefused, match="far too large"):
        check(upload(workbook("xl/sheet.xml", content=b"\0" * 8_000_000)))


def test_archive_that_lies_about_its_sizes_is_refused():
    honest = workbook("xl/sheet.xml", content=b"ab" * 5000)
    lying = honest.replace(struct.pack("<I", 10_000), struct.pack("<I", 10))
    assert lying != honest
    with pytest.raises(FileRefused):
        check(upload(lying))


def test_archive_with_a_broken_part_is_refused():
    whole = bytearray(workbook("xl/sheet.xml", content=bytes(range(256)) * 40))
    at = whole.index(b"xl/sheet.xml") + len("xl/sheet.xml")
    whole[at : at + 20] = b"\xff" * 20
    with pytest.raises(FileRefused):
        check(upload(bytes(whole)))


def test_archive_of_very_many_members_is_refused(monkeypatch):
    monkeypatch.setattr("governance.files.rules.archives.MOST_MEMBERS", 3)
    assert check(upload(workbook("xl/1.xml"))).kind is Kind.XLSX
    with pytest.raises(FileRefused):
        check(upload(workbook("xl/1.xml", "xl/2.xml")))


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("盖章扫描件.pdf", "盖章扫描件.pdf"),
        ("盖章扫描件.PDF", "盖章扫描件.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\temp\\说明.pdf", "说明.pdf"),
        ("a\u202egpj.pdf", "agpj.pdf"),
        ("a\u200b\x00\r\nb.pdf", "ab.pdf"),
        ('x"; filename="y.html', "x_ filename=_y.html.pdf"),
        ("  .pdf ", "pdf.pdf"),
        ("...", "file.pdf"),
        ("", "file.pdf"),
        ("setup.exe", "setup.exe.pdf"),
        ("名" * 300 + ".pdf", "名" * 116 + ".pdf"),
    ],
)
def test_name_is_cleaned(name, cleaned):
    with translation.override("en"):
        assert clean_name(name, Kind.PDF) == cleaned


def test_every_kind_is_offered_somewhere():
    assert set(DOCUMENTS) == set(Kind)


def test_gif_is_kept_as_its_first_picture():
    frames = [Image.new("P", (5, 5), colour) for colour in (1, 2)]
    moving = BytesIO()
    frames[0].save(moving, "GIF", save_all=True, append_images=frames[1:])
    with Image.open(check(upload(moving.getvalue())).content) as image:
        assert getattr(image, "n_frames", 1) == 1
