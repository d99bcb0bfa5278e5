"""Photos as a telephone takes them."""

from __future__ import annotations

from io import BytesIO

from PIL import ExifTags, Image

DEVICE = "Telefon 9"


def photo(width: int = 60, height: int = 40, *, kind: str = "JPEG", turned: bool = False) -> bytes:
    """A photo that says where and with what it was taken; `turned`: held upright."""
    picture = Image.new("RGB", (width, height), (200, 60, 40))
    beside = Image.Exif()
    beside[ExifTags.Base.Model] = DEVICE
    beside[ExifTags.Base.Orientation] = 6 if turned else 1
    beside.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (27.0, 56.0, 12.5)
    file = BytesIO()
    picture.save(file, kind, exif=beside)
    return file.getvalue()
