"""Small real files to send."""

import zipfile
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\nstartxref\n9\n%%EOF\n"
CAMERA, ORIENTATION, TURNED_RIGHT = 0x010F, 0x0112, 6


def picture(kind="PNG", *, size=(40, 20), mode="RGB", turned=False, **options):
    content = BytesIO()
    image = Image.new(mode, size, 200)
    if kind == "JPEG":
        exif = image.getexif()
        exif[CAMERA] = "Secret Camera"
        if turned:
            exif[ORIENTATION] = TURNED_RIGHT
        options["exif"] = exif
    image.save(content, kind, **options)
    return content.getvalue()


def archive(*names, content=b"<x/>", comment=b"", method=zipfile.ZIP_DEFLATED):
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", method) as members:
        for name in names:
            members.writestr(name, content)
        members.comment = comment
    return packed.getvalue()


def workbook(*more, **options):
    return archive("[Content_Types].xml", "xl/workbook.xml", *more, **options)


def document(*more):
    return archive("[Content_Types].xml", "word/document.xml", *more)


def upload(content=PDF, name="说明.pdf", content_type="application/pdf"):
    return SimpleUploadedFile(name, content, content_type)
