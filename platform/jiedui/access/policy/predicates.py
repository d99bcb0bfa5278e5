"""What a clause of the policy may ask of the actor and of the thing a page is about."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jiedui.access.rules import Actor, GrantLevel, Office, Role

Predicate = Callable[[Actor, Any], bool]
Clause = tuple[Predicate, ...]


def role(*roles: Role) -> Predicate:
    """The actor has chosen one of these roles."""
    return lambda actor, _thing: actor.role in roles


def office(*offices: Office) -> Predicate:
    """The actor acts for one of these offices."""
    return lambda actor, _thing: actor.office in offices


def heads(actor: Actor, _thing: Any) -> bool:
    """The actor is the head of the office."""
    return actor.head


def anybody(_actor: Actor, _thing: Any) -> bool:
    """Everybody who is signed in."""
    return True


def in_scope(actor: Actor, thing: Any) -> bool:
    """The thing lies in the actor's region (a page about nothing in particular does)."""
    return thing is None or str(thing.scope_path).startswith(actor.scope)


def in_county(actor: Actor, thing: Any) -> bool:
    """The thing belongs to the actor's county."""
    return thing is None or thing.county_id == actor.county_id


def own_unit(actor: Actor, thing: Any) -> bool:
    """The thing belongs to the actor's unit."""
    return actor.unit_id is not None and (thing is None or thing.unit_id == actor.unit_id)


def own(actor: Actor, thing: Any) -> bool:
    """The thing is the actor's own (own registration, own pairing, own letter)."""
    return thing is None or thing.account_id == actor.account_id


def told(_actor: Actor, thing: Any) -> bool:
    """The helper has heard of it: an office has decided on the pairing (other things are always
    known to whose they are)."""
    return thing is None or bool(getattr(thing, "told", True))


def helps(actor: Actor, thing: Any) -> bool:
    """The actor is one of the helpers of the activity the thing belongs to."""
    return thing is None or bool(thing.helped_by(actor.account_id))


def hosts(actor: Actor, thing: Any) -> bool:
    """The thing is held at a place of the actor's unit."""
    return actor.unit_id is not None and (thing is None or thing.host_unit_id == actor.unit_id)


def by_count(_actor: Actor, thing: Any) -> bool:
    """Children are counted there, and nobody is named."""
    return thing is None or bool(thing.counted)


def in_own_name(actor: Actor, _thing: Any) -> bool:
    """The actor stands in for nobody."""
    return actor.acting_for is None


def nobodys(_actor: Actor, thing: Any) -> bool:
    """The thing's person has no account: others do it for them, from paper."""
    return thing is not None and thing.account_id is None


def granted(*levels: GrantLevel) -> Predicate:
    """A living grant opens the thing at one of these levels."""
    return lambda actor, thing: (
        thing is not None and actor.has_grant(thing.__tablename__, thing.id, *levels)
    )


def confided(actor: Actor, thing: Any) -> bool:
    """The thing says that it may be read by this person: it knows of papers and of opened notes."""
    return thing is None or bool(thing.confided_to(actor))


def at_counselling_desk(actor: Actor, _thing: Any) -> bool:
    """The actor was named to the counselling desk of their county: a living grant says so."""
    return actor.has_grant("region", actor.county_id, GrantLevel.notes)


def of_kind(*kinds: str) -> Predicate:
    """The thing is one of these kinds, of sheet or activity (a page about nothing is)."""
    return lambda _actor, thing: thing is None or thing.kind in kinds


def own_office(actor: Actor, thing: Any) -> bool:
    """The thing was made by the actor's office, or by none."""
    return thing is None or thing.office in (None, actor.office)
