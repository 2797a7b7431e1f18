"""Acts on pages and on what staff may do with them."""

from .access import ensure_workspace, sync_staff_access, sync_team_access
from .colleagues import save_colleague
from .pictures import add_picture
from .places import open_quartier, rename_quartier
from .records import delete_record, save_record
from .site import (
    add_news,
    draft_page_for,
    ensure_home,
    ensure_quartier_page,
    ensure_standard_page,
    publish_page,
)
from .turning import turn_idea_into_project

__all__ = [
    "add_news",
    "add_picture",
    "delete_record",
    "draft_page_for",
    "ensure_home",
    "ensure_quartier_page",
    "ensure_standard_page",
    "ensure_workspace",
    "open_quartier",
    "publish_page",
    "rename_quartier",
    "save_colleague",
    "save_record",
    "sync_staff_access",
    "sync_team_access",
    "turn_idea_into_project",
]
