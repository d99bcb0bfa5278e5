"""A post office and a gateway, and a portal that knows their addresses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from flask import Flask

from jiedui.core import carriers, clock, db, jobs
from jiedui.core.actors import SYSTEM
from jiedui.letters.actions import CARRY
from jiedui.settings import Hook, Outward, Security, Settings
from tests.letters import gateway as gateways
from tests.letters import post_office as offices
from tests.letters.gateway import Gateway
from tests.letters.post_office import PostOffice

NOON = datetime.fromisoformat("2026-11-23T12:00+08:00")  # nobody is left alone at noon


@pytest.fixture
def office() -> Iterator[PostOffice]:
    """A mail server that is open."""
    with offices.opened(PostOffice()) as one:
        yield one


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    """A gateway that is open."""
    with gateways.opened(Gateway()) as one:
        yield one


def outward(
    office: PostOffice | None = None, gateway: Gateway | None = None, **over: Any
) -> Outward:
    """Settings that lead to these two."""
    hook = Hook(gateway.url, "plain", "token-of-the-county") if gateway else Hook()
    group = Hook(gateway.url, "wecom-group") if gateway else Hook()
    known: dict[str, Any] = {
        "smtp_host": "127.0.0.1" if office else "",
        "smtp_port": office.port if office else 25,
        "smtp_security": Security.plain,
        "mail_from": "jiedui@county.example",
        "sms": hook,
        "wecom": group,
    }
    return Outward(**(known | over))


@pytest.fixture
def ways(either_app: Flask, office: PostOffice, gateway: Gateway) -> Iterator[Settings]:
    """The portal with every way set up, at noon; work is done by `work()`."""
    settings: Settings = replace(
        either_app.config["SETTINGS"],
        outward=outward(office, gateway),
        public_url="https://jiedui.example",
    )
    either_app.config["PUBLIC_URL"] = settings.public_url
    carriers.configure(settings)
    with clock.moved_to(NOON):
        yield settings
    carriers.configure(replace(settings, outward=Outward()))


def work() -> None:
    """What a worker does in a minute: sweep, then everything that waits."""
    jobs.sweep()
    jobs.work_off()


Work = Callable[[], None]


def ask_twice() -> None:
    """The same work asked for twice, as a sweep may do."""
    with db.write():
        jobs.ask(CARRY, by=SYSTEM)
        jobs.ask(CARRY, by=SYSTEM)
    jobs.work_off()
