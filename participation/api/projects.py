"""Projects for programs: reading is public, joining needs a nickname."""

from typing import Any, cast

from django.db.models import QuerySet
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import generics
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from accounts.selectors import quartier_or_404
from participation.models import Project
from participation.selectors import projects as selectors
from participation.serializers.projects import MembershipSerializer, ProjectSerializer
from participation.services import projects as services


class ProjectList(generics.ListAPIView[Project]):
    """The public projects of a Quartier, running ones first."""

    serializer_class = ProjectSerializer
    queryset = Project.objects.none()
    filterset_fields = ["state", "format"]

    def get_queryset(self) -> QuerySet[Project]:
        return selectors.projects_for(self.request.user, quartier_or_404(self.kwargs["slug"]))


class ProjectDetail(generics.RetrieveAPIView[Project]):
    """One project."""

    serializer_class = ProjectSerializer
    queryset = Project.objects.none()

    def get_object(self) -> Project:
        return selectors.project_by_id_or_404(self.request.user, self.kwargs["pk"])


class MembershipView(APIView):
    """Taking part: PUT joins, DELETE leaves; both may be repeated."""

    permission_classes = [IsAuthenticated]

    @extend_schema(request=None, responses=MembershipSerializer, operation_id="projects_join")
    def put(self, request: Request, pk: int) -> Response:
        project = selectors.project_by_id_or_404(request.user, pk)
        services.join_project(resident=cast(User, request.user), project=project)
        return self._answer(request, project)

    @extend_schema(request=None, responses=MembershipSerializer, operation_id="projects_leave")
    def delete(self, request: Request, pk: int) -> Response:
        project = selectors.own_project_by_id_or_404(request.user, pk)
        services.leave_project(resident=cast(User, request.user), project=project)
        return self._answer(request, project)

    def _answer(self, request: Request, project: Project) -> Response:
        project.refresh_from_db(fields=["member_count"])
        box = selectors.box_for(request.user, project)
        facts: dict[str, Any] = {
            "joined": box.is_member,
            "member_count": box.project.member_count,
            "places_left": box.project.places_left,
            "room": box.room_id if box.may_chat else None,
        }
        return Response(MembershipSerializer(facts).data)


urlpatterns = [
    path("quartiere/<slug:slug>/projects/", ProjectList.as_view(), name="projects"),
    path("projects/<int:pk>/", ProjectDetail.as_view(), name="project"),
    path("projects/<int:pk>/membership/", MembershipView.as_view(), name="membership"),
]
