"""Ideas for programs: read by everybody, written by whoever is signed in (session and CSRF token)."""

from typing import Any, cast

from django.db.models import QuerySet
from django.utils.functional import cached_property
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, status
from rest_framework.permissions import IsAuthenticatedOrReadOnly
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import Quartier, User
from accounts.selectors import quartier_or_404
from ideas import limits, selectors, services
from ideas.filters import IdeaFilter
from ideas.models import Idea
from ideas.serializers import (
    CommentPageSerializer,
    CommentSerializer,
    IdeaSerializer,
    NewCommentSerializer,
    NewIdeaSerializer,
    VoteSerializer,
)


def _acting(request: Request) -> User:
    """The signed-in person; only behind `IsAuthenticatedOrReadOnly`."""
    return cast(User, request.user)


class IdeaList(generics.ListAPIView[Idea]):
    """The public ideas of a Quartier, newest first."""

    serializer_class = IdeaSerializer
    filterset_class = IdeaFilter
    permission_classes = [IsAuthenticatedOrReadOnly]
    queryset = Idea.objects.none()

    @cached_property
    def quartier(self) -> Quartier:
        """The Quartier of the address; absent if there is none."""
        return quartier_or_404(self.kwargs["slug"])

    def get_queryset(self) -> QuerySet[Idea]:
        return selectors.sorted_ideas(selectors.ideas_for(self.request.user, self.quartier), "new")

    @extend_schema(request=NewIdeaSerializer, responses={201: IdeaSerializer})
    def post(self, request: Request, slug: str) -> Response:
        """A new idea; the same `client_id` again answers with the first one."""
        quartier = self.quartier
        wish = NewIdeaSerializer(data=request.data)
        wish.is_valid(raise_exception=True)
        limits.SUBMISSIONS.hit(str(request.user.pk))
        idea = services.submit_idea(author=_acting(request), quartier=quartier, **wish.validated_data)
        seen = selectors.any_idea_or_404(request.user, idea.pk)
        return Response(IdeaSerializer(seen).data, status=status.HTTP_201_CREATED)


class IdeaDetail(APIView):
    """One idea."""

    @extend_schema(responses=IdeaSerializer)
    def get(self, request: Request, pk: int) -> Response:
        return Response(IdeaSerializer(selectors.any_idea_or_404(request.user, pk)).data)


class IdeaVote(APIView):
    """The asking person's vote for an idea. Both acts may be repeated."""

    permission_classes = [IsAuthenticatedOrReadOnly]

    @extend_schema(request=None, responses=VoteSerializer)
    def put(self, request: Request, pk: int) -> Response:
        """Votes for the idea."""
        return self._answer(services.cast_vote(**self._act(request, pk)), voted=True)

    @extend_schema(request=None, responses=VoteSerializer)
    def delete(self, request: Request, pk: int) -> Response:
        """Takes the vote back."""
        return self._answer(services.take_back_vote(**self._act(request, pk)), voted=False)

    @staticmethod
    def _act(request: Request, pk: int) -> dict[str, Any]:
        limits.VOTES.hit(str(request.user.pk))
        return {"voter": _acting(request), "idea": selectors.any_idea_or_404(request.user, pk)}

    @staticmethod
    def _answer(count: int, *, voted: bool) -> Response:
        return Response(VoteSerializer({"count": count, "voted": voted}).data)


class IdeaComments(APIView):
    """The comments of an idea."""

    permission_classes = [IsAuthenticatedOrReadOnly]

    @extend_schema(
        responses=CommentPageSerializer,
        parameters=[OpenApiParameter("before", OpenApiTypes.INT, description="number of a comment")],
    )
    def get(self, request: Request, pk: int) -> Response:
        """The newest fifty, or those before the comment `before`."""
        idea = selectors.any_idea_or_404(request.user, pk)
        before = selectors.comment_number(request.query_params.get("before"))
        page = selectors.comments_of(request.user, idea, before=before)
        return Response(CommentPageSerializer(page).data)

    @extend_schema(request=NewCommentSerializer, responses={201: CommentSerializer})
    def post(self, request: Request, pk: int) -> Response:
        """A new comment; the same `client_id` again answers with the first one."""
        idea = selectors.any_idea_or_404(request.user, pk)
        wish = NewCommentSerializer(data=request.data)
        wish.is_valid(raise_exception=True)
        limits.COMMENTS.hit(str(request.user.pk))
        written = services.write_comment(author=_acting(request), idea=idea, **wish.validated_data)
        seen = selectors.looked_at(request.user, idea, written)
        return Response(CommentSerializer(seen).data, status=status.HTTP_201_CREATED)
