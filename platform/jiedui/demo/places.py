"""What is told of the demo's places: most Children's Homes say what they are for and when they are
open, some have a drawn picture; four places of the county, and where five more would help."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

from PIL import Image, ImageDraw

from jiedui.access.rules import Role
from jiedui.core import clock
from jiedui.demo.acts import Stage
from jiedui.oversight.actions import ask_sites
from jiedui.partners import actions
from jiedui.partners import queries as known
from jiedui.partners.rules import Keeper, NewPlace, PlaceKind, PlaceSaid, PlaceUse
from jiedui.regions import queries as regions

U = PlaceUse
AFTERNOONS, WEEKENDS = frozenset({1, 4, 7, 10, 13}), frozenset({15, 16, 18, 19})
OF_THE_COUNTY = (
    (PlaceKind.youth_palace, "示例青少年宫（虚构）", {U.culture, U.sport, U.reading}, 300),
    (PlaceKind.practice_centre, "示例综合实践基地（虚构）", {U.culture, U.safety}, 120),
    (
        PlaceKind.shelter,
        "示例未成年人救助保护中心（虚构）",
        {U.shelter, U.counselling, U.meals},
        30,
    ),
    (PlaceKind.welfare_institution, "示例儿童福利院（虚构）", {U.shelter, U.meals}, 60),
)
HOMES = (
    ({U.reading, U.companionship}, AFTERNOONS, 20, (("图书", 180), ("课桌", 6))),
    ({U.reading, U.tutoring, U.parents}, AFTERNOONS | WEEKENDS, 40,
     (("图书", 420), ("电脑", 3), ("课桌", 12), ("乒乓球台", 1))),
    ({U.companionship, U.sport}, WEEKENDS, 30, (("篮球", 4), ("跳绳", 10), ("棋类", 6))),
)  # fmt: skip


def play(stage: Stage) -> None:
    """Four of five homes are told of, every seventh has a picture."""
    with stage.read():
        county = regions.get(stage.county_id)
        homes = [
            (p.id, p.region.code) for p in known.places_in(county.path, PlaceKind.childrens_home)
        ]
        civil = stage.official(Role.coordinator, "civil_affairs")
        seat = regions.villages(county.path)[0].id
    day = clock.today() - timedelta(days=40)
    with stage.on(day), stage.write():
        for number, (kind, name, uses, holds) in enumerate(OF_THE_COUNTY):
            place = actions.register_place(NewPlace(kind, name, seat), by=civil)
            keeper = Keeper(None, stage.inventor.name(), f"0797-000000{number}")
            said = PlaceSaid(frozenset(uses), AFTERNOONS | WEEKENDS, holds, (), keeper)
            actions.describe(place, said, by=civil)
    told = [(n, one) for n, one in enumerate(homes) if n % 5]
    with stage.on(day + timedelta(days=3)):
        stage.each(told, lambda row: _tell(stage, row[0], *row[1]))
    with stage.on(day + timedelta(days=9)):
        with stage.write():
            ask_sites(regions.get(stage.county_id), 5, by=civil)
        stage.calendar()  # a worker answers


def _tell(stage: Stage, number: int, place_id: int, village: str) -> None:
    director = stage.official(Role.child_director, village)
    uses, slots, holds, things = HOMES[number % len(HOMES)]
    place = known.get_place(place_id)
    keeper = Keeper(director.account_id)
    said = PlaceSaid(frozenset(uses), frozenset(slots), holds, things, keeper)
    actions.describe(place, said, by=director)
    if number % 7 == 1:
        actions.keep_photo(place, room(number), without_children=True, by=director)


def room(number: int) -> bytes:
    """A reading room as a child's drawing has it: nobody is in it."""
    picture = Image.new("RGB", (960, 600), (243, 236, 220))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 430, 960, 600), fill=(205, 178, 140))
    draw.rectangle((90, 90, 330, 280), fill=(196, 224, 240), outline=(120, 100, 80), width=8)
    draw.line((210, 90, 210, 280), fill=(120, 100, 80), width=6)
    for shelf in range(3):
        top = 110 + shelf * 100
        draw.rectangle((520, top + 70, 880, top + 82), fill=(140, 100, 60))
        for book in range(12):
            left, tall = 530 + book * 28, 40 + (book * 7 + shelf * 5 + number) % 28
            colour = [(27, 94, 84), (221, 107, 32), (90, 149, 134), (138, 106, 47)][
                (book + number) % 4
            ]
            draw.rectangle((left, top + 70 - tall, left + 22, top + 70), fill=colour)
    draw.rectangle((120, 420, 460, 440), fill=(140, 100, 60))
    for leg in (140, 420):
        draw.rectangle((leg, 440, leg + 18, 560), fill=(140, 100, 60))
    kept = BytesIO()
    picture.save(kept, "PNG")
    return kept.getvalue()
