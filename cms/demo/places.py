"""Programmes, Quartiere and the people in them."""

from collections.abc import Iterator
from datetime import date

from accounts import services
from accounts.models import Carrier, Programme, Publish, Role, User
from cms.demo.sack import PASSWORD, Plot, Sack, read
from cms.services import (
    add_news,
    ensure_home,
    ensure_quartier_page,
    ensure_standard_page,
    sync_staff_access,
)
from ideas.models import Field
from participation.models import FundingYear

# Between the 5,000 and 50,000 € that the ESF gives a site in a year (domain.md).
ENVELOPES = (18_000, 24_000, 32_000, 40_000)


def sow_site(sack: Sack) -> None:
    """Home page, standard pages and fields of action."""
    site = read("site")
    home = site["home"]
    steps = [(step["title"], step["text"]) for step in home["step"]]
    ensure_home(title=home["title"], intro=home["intro"], steps=steps)
    for page in site["page"]:
        ensure_standard_page(slug=page["slug"], title=page["title"], intro=page["intro"], paragraphs=_sections(page))
    for order, row in enumerate(read("fields")["field"]):
        sack.fields[row["slug"]] = Field.objects.create(slug=row["slug"], name=row["name"], order=order)


def _sections(page: dict) -> Iterator[str]:
    """A page's sections, and its version in Leichte Sprache at the end."""
    for section in page.get("section", []):
        yield f"## {section['heading']}"
        yield from paragraphs(section["text"])
    if "easy" in page:
        yield "## In Leichter Sprache"
        yield from page["easy"].strip().splitlines()


def paragraphs(text: str) -> list[str]:
    return [part.strip() for part in text.split("\n\n") if part.strip()]


def sow_quartier(sack: Sack, name: str) -> Plot:
    """One Quartier with its team, partners, residents, pages and envelope."""
    texts = read(name)
    facts = texts["quartier"]
    programme, _made = Programme.objects.get_or_create(
        name=facts["programme"],
        defaults={"term": facts["programme_term"], "funder_line": facts["funder_line"]},
    )
    quartier = services.create_quartier(
        programme=programme,
        carrier=Carrier.objects.get_or_create(name=facts["carrier"])[0],
        slug=facts["slug"],
        name=facts["name"],
        city=facts["city"],
        age_min=facts["age_min"],
        age_max=facts["age_max"],
        publish_residents=Publish(facts["publish"]),
        answer_days=facts["answer_days"],
    )
    plot = Plot(quartier, texts)
    ensure_quartier_page(quartier=quartier, intro=facts["intro"])
    _sow_people(sack, plot)
    FundingYear.objects.create(quartier=quartier, year=sack.now.year, envelope=sack.dice.choice(ENVELOPES))
    for item in texts.get("news", []):
        add_news(
            quartier=quartier,
            title=item["title"],
            paragraphs=paragraphs(item["text"]),
            at=sack.days_ago(item["days_ago"]),
        )
    return plot


def _sow_people(sack: Sack, plot: Plot) -> None:
    for row in plot.texts["contact"]:
        plot.contacts[row["key"]] = services.add_contact(
            quartier=plot.quartier,
            name=row["name"],
            user=_staff_account(plot, row),
            role=row["role"],
            hours=row["hours"],
            about=row["about"],
            bound_until=date.fromisoformat(row["bound_until"]) if row.get("bound_until") else None,
        )
    for row in plot.texts.get("partner", []):
        plot.partners[row["key"]] = services.add_partner(quartier=plot.quartier, name=row["name"], about=row["about"])
    for row in plot.texts["resident"]:
        sack.people[row["nickname"]] = services.enter(
            nickname=row["nickname"],
            age_band=row["age_band"],
            quartier=plot.quartier,
            entry_id=sack.id("enter", row["nickname"]),
        )


def _staff_account(plot: Plot, row: dict) -> User:
    user = services.create_staff_account(
        nickname=f"{row['name'].split()[0]} ({plot.quartier.name})"[:24],
        email=row["email"],
        full_name=row["name"],
        password=PASSWORD,
    )
    services.grant_role(user=user, kind=Role.Kind.STAFF, quartier=plot.quartier)
    sync_staff_access(user)
    return user


def sow_administration(plots: list[Plot]) -> None:
    """The coordinator of the first programme and an administrator."""
    coordinator = services.create_staff_account(
        nickname="Koordination",
        email="koordination@anstoss.example",
        full_name="Kerstin Vogel",
        password=PASSWORD,
    )
    services.grant_role(user=coordinator, kind=Role.Kind.COORDINATOR, programme=plots[0].quartier.programme)
    sync_staff_access(coordinator)
    services.create_staff_account(
        nickname="Administration",
        email="admin@anstoss.example",
        full_name="Alex Sommer",
        password=PASSWORD,
        is_superuser=True,
    )
