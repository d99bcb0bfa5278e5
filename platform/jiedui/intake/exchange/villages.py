"""Villages as sheets name them."""

from __future__ import annotations

from dataclasses import dataclass

from jiedui.intake.exchange.layout import Layout, tidy
from jiedui.intake.rules import IntakeFault
from jiedui.regions import queries as regions


@dataclass(frozen=True)
class Village:
    """What is needed of a village to name it."""

    id: int
    name: str
    township: str


class Villages:
    """The villages of a region by every name somebody may write for them."""

    def __init__(self, path: str, layout: Layout) -> None:
        self.layout = layout
        self.by_id: dict[int, Village] = {}
        self._by_name: dict[str, list[Village]] = {}
        self._asked: dict[tuple[str, str], Village | IntakeFault] = {}
        for one in regions.villages(path):
            known = Village(one.id, one.name, one.parent.name if one.parent else "")
            self.by_id[known.id] = known
            for name in {self._bare(known.name), self._bare(known.township + known.name)}:
                self._by_name.setdefault(name, []).append(known)

    def _bare(self, name: str) -> str:
        """Without its endings, of which there can be two: 周田社区居民委员会."""
        bare = tidy(name)
        for ending in self.layout.village_endings:
            if bare.endswith(ending) and len(bare) > len(ending):
                return self._bare(bare.removesuffix(ending))
        return bare

    def _kind(self, name: str) -> bool | None:
        """Town and village of a township often share a name. The ending tells them apart: whether
        it is a residents' committee, or a villagers' one; None where there is none."""
        bare = tidy(name)
        if not bare.endswith(self.layout.village_endings):
            return None
        return bare.endswith(self.layout.residents_endings)

    def find(self, township: str, village: str) -> Village | IntakeFault:
        """The village that is meant, or why none is."""
        if (township, village) not in self._asked:
            self._asked[township, village] = self._find(township, village)
        return self._asked[township, village]

    def _find(self, township: str, village: str) -> Village | IntakeFault:
        wanted = self._bare(village)
        found = self._by_name.get(wanted, [])
        if not found:
            # Written in full: province, city, county, township, village.
            found = [
                v for name, vs in self._by_name.items() if wanted.endswith(name) for v in vs
                if tidy(v.township) in wanted
            ]  # fmt: skip
        near = [v for v in found if not township or tidy(township).endswith(tidy(v.township))]
        if len(near) > 1:
            near = [v for v in near if self._kind(v.name) == self._kind(village)] or near
        if len(near) == 1:
            return near[0]
        return IntakeFault.village_ambiguous if near else IntakeFault.village_unknown
