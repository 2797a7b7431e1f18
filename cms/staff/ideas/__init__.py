"""Ideas in the admin: the listing with what waits first, one idea with everything around it, and the acts."""

from .viewset import IdeaViewSet

__all__ = ["IdeaViewSet"]
