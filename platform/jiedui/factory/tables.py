"""Every room's tables, so that a migration sees them all."""

from __future__ import annotations

from jiedui.access import models as access
from jiedui.care import models as care
from jiedui.children import models as children
from jiedui.contact import models as contact
from jiedui.core import audit, drafts, jobs, once, outbox, sessions
from jiedui.counselling import models as counselling
from jiedui.files import models as files
from jiedui.helpers import models as helpers
from jiedui.hours import models as hours
from jiedui.intake import models as intake
from jiedui.letters import models as letters
from jiedui.needs import models as needs
from jiedui.oversight import models as oversight
from jiedui.pairings import models as pairings
from jiedui.partners import models as partners
from jiedui.protection import models as protection
from jiedui.regions import models as regions

ALL = (
    access,
    audit,
    care,
    children,
    contact,
    counselling,
    drafts,
    files,
    helpers,
    hours,
    intake,
    jobs,
    letters,
    needs,
    once,
    outbox,
    oversight,
    pairings,
    partners,
    protection,
    regions,
    sessions,
)
