"""A sealed copy of the database, and putting one back.

On SQLite the copy is made by SQLite's own backup while the portal runs; on PostgreSQL by pg_dump.
It is sealed with the key ring, and beside each copy lies its checksum, in the form of sha256sum.
The keys are never in it: a copy is of use only together with the key file.
"""

from jiedui.factory.backup.checking import check
from jiedui.factory.backup.copying import BadBackup
from jiedui.factory.backup.keeping import KEEP, digest, kept, make, opened, stamp
from jiedui.factory.backup.restoring import restore

__all__ = ["KEEP", "BadBackup", "check", "digest", "kept", "make", "opened", "restore", "stamp"]
