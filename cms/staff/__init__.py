"""The team's doors: listings, forms and the start page inside Wagtail's admin. They save through services only."""
