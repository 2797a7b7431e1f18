from .access import Workspace
from .news import NewsIndexPage, NewsPage
from .pictures import Picture, Rendition
from .places import HomePage, QuartierPage
from .projects import ProjectIndexPage, ProjectPage
from .standard import StandardPage

__all__ = [
    "HomePage",
    "NewsIndexPage",
    "NewsPage",
    "Picture",
    "ProjectIndexPage",
    "ProjectPage",
    "QuartierPage",
    "Rendition",
    "StandardPage",
    "Workspace",
]
