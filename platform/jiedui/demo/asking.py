"""What guardians ask about their children's data: a copy that was given, a deletion that was
refused with its reason, and one question that waits."""

from __future__ import annotations

from datetime import timedelta

from jiedui.access.rules import Role
from jiedui.children import queries as ledger
from jiedui.core import clock
from jiedui.demo.acts import Stage
from jiedui.files import actions, queries
from jiedui.files.actions import Answered, RequestSaid
from jiedui.files.rules import Asked, Ground, How, Outcome

WORDS = {
    Asked.copy: "想要一份孩子在系统里的信息，看看登记得对不对。",
    Asked.delete: "孩子今年跟我们去城里了，以前的信息希望删掉。",
    Asked.look: "听说给孩子建了档，我想看看都记了些什么。",
}
KEPT = "建档资料按规定要保存到期满，现在不能删除；之后不再用于结对，也不再联系您。"
SEEN = "材料已打印，请到村委会找儿童主任领取，当面核对。"


def play(stage: Stage) -> None:
    """Three requests of the last weeks."""
    today = clock.today()
    with stage.read():
        civil = stage.official(Role.coordinator, "civil_affairs")
        homes = [c.id for c in ledger.page(civil, ledger.Filter())[0] if c.guardians][:3]
    asked = zip(homes, (Asked.copy, Asked.delete, Asked.look), (26, 20, 4), strict=True)
    taken = {what: _take(stage, child, what, ago) for child, what, ago in asked}
    answers = (
        (Asked.copy, 24, Answered(Outcome.granted, None, SEEN)),
        (Asked.delete, 16, Answered(Outcome.refused, Ground.kept_by_law, KEPT)),
    )
    for what, ago, said in answers:
        with stage.on(today - timedelta(days=ago)), stage.write():
            one = queries.request(taken[what])
            place = f"{one.child.village.code[:9]}000"
            by = stage.official(Role.township_supervisor, place)
            actions.answer_request(one, said, by=by, version=None)


def _take(stage: Stage, child_id: int, what: Asked, ago: int) -> int:
    day = clock.today() - timedelta(days=ago)
    with stage.on(day), stage.write():
        child = ledger.get(child_id)
        said = RequestSaid(what, How.in_person, WORDS[what], day)
        by = stage.official(Role.child_director, child.village.code)
        one = actions.take_request(child, child.guardians[0], said, by=by)
    return one.id
