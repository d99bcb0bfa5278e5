"""What the installation is told from outside, read once and never changed."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

ARGON2_FLOOR_KIB = 19_456  # OWASP Password Storage Cheat Sheet: m=19456, t=2, p=1


class Mode(StrEnum):
    """What this installation is for; only production refuses weak settings."""

    demo = "demo"
    production = "production"
    test = "test"


class BadSettings(Exception):
    """The installation cannot start safely; the message says what to change."""


class Security(StrEnum):
    """How the line to the mail server is kept from others."""

    starttls = "starttls"
    ssl = "ssl"
    plain = "plain"


@dataclass(frozen=True)
class Hook:
    """One JSON post to a gateway. `body` names a template: one that comes along, or a file of the
    county's; `token` goes as a bearer token."""

    url: str = field(default="", repr=False)
    body: str = ""
    token: str = field(default="", repr=False)


@dataclass(frozen=True)
class Outward:
    """By which ways letters may leave the house; as it comes by none."""

    smtp_host: str = ""
    smtp_port: int = 587
    smtp_security: Security = Security.starttls
    smtp_user: str = ""
    smtp_password: str = field(default="", repr=False)
    mail_from: str = ""
    sms: Hook = Hook()
    wecom: Hook = Hook()


@dataclass(frozen=True)
class Settings:
    """One installation. Paths are absolute; times in minutes unless named otherwise."""

    mode: Mode = Mode.demo
    var: Path = Path("var")
    database_url: str = ""
    key_file: Path = Path("var/keys.json")
    backups: Path = Path("var/backups")
    secret_key: str = field(default="", repr=False)
    host: str = "127.0.0.1"
    port: int = 8000
    threads: int = 8
    https: bool = False
    trusted_proxies: int = 0
    public_url: str = ""
    queue_url: str = ""
    argon2_memory_kib: int = ARGON2_FLOOR_KIB
    argon2_rounds: int = 2
    session_idle_minutes: int = 30
    session_absolute_minutes: int = 720
    demo_division_code_allowed: bool = True
    demo_second_factor: bool = True
    geocoder: str = ""
    geocoder_key: str = field(default="", repr=False)
    geocoder_domain: str = ""
    outward: Outward = Outward()
    registrations_per_address: int = 30
    registrations_a_day: int = 1000

    @property
    def production(self) -> bool:
        """Whether real people's data may be in here."""
        return self.mode is Mode.production

    @property
    def names(self) -> list[str] | None:
        """The host names that are answered; None: any (nobody has said by which it is reached)."""
        host = urlsplit(self.public_url).hostname
        return [host, "127.0.0.1", "localhost"] if host else None

    @property
    def second_factor_asked(self) -> bool:
        """Whether a second factor that is set up is asked for; only the demo may leave it out."""
        return self.mode is not Mode.demo or self.demo_second_factor

    @property
    def second_factor_needed(self) -> bool:
        """Whether roles of the county and of townships must have a second factor."""
        return self.second_factor_asked and self.mode is not Mode.test

    @property
    def shows_codes(self) -> bool:
        """Whether the page that asks for a code may show it: invented people have no phone."""
        return self.mode is Mode.demo

    @property
    def sqlite(self) -> bool:
        """Whether the portal's data lies in a SQLite file."""
        return self.database_url.startswith("sqlite")


def from_environment(env: Mapping[str, str] | None = None) -> Settings:
    """Read JIEDUI_* variables; raise BadSettings when production would be unsafe."""
    env = os.environ if env is None else env
    var = Path(env.get("JIEDUI_VAR", "var")).resolve()
    mode = _mode(env.get("JIEDUI_MODE", "demo"))
    settings = Settings(
        mode=mode,
        var=var,
        database_url=env.get("JIEDUI_DATABASE_URL", f"sqlite:///{var / 'jiedui.db'}"),
        key_file=Path(env.get("JIEDUI_KEY_FILE", str(var / "keys.json"))).resolve(),
        backups=Path(env.get("JIEDUI_BACKUPS", str(var / "backups"))).resolve(),
        secret_key=env.get("JIEDUI_SECRET_KEY", ""),
        host=env.get("HOST") or "127.0.0.1",
        port=_number(env, "PORT", 8000, 1, 65535),
        threads=_number(env, "JIEDUI_THREADS", 8, 1, 1000),
        https=env.get("JIEDUI_HTTPS", "1" if mode is Mode.production else "0") == "1",
        trusted_proxies=_number(env, "JIEDUI_TRUSTED_PROXIES", 0, 0, 10),
        public_url=env.get("JIEDUI_PUBLIC_URL", ""),
        queue_url=env.get("JIEDUI_QUEUE_URL", ""),
        argon2_memory_kib=_number(env, "JIEDUI_ARGON2_MEMORY_KIB", ARGON2_FLOOR_KIB, 8, 2**22),
        argon2_rounds=_number(env, "JIEDUI_ARGON2_ROUNDS", 2, 1, 100),
        demo_division_code_allowed=mode is not Mode.production,
        demo_second_factor=env.get("JIEDUI_DEMO_SECOND_FACTOR", "1") != "0",
        geocoder=env.get("JIEDUI_GEOCODER", ""),
        geocoder_key=env.get("JIEDUI_GEOCODER_KEY", ""),
        geocoder_domain=env.get("JIEDUI_GEOCODER_DOMAIN", ""),
        outward=_outward(env),
        registrations_per_address=_number(env, "JIEDUI_REGISTRATIONS_PER_ADDRESS", 30, 1, 10_000),
        registrations_a_day=_number(env, "JIEDUI_REGISTRATIONS_A_DAY", 1000, 1, 1_000_000),
    )
    return check(settings)


def _outward(env: Mapping[str, str]) -> Outward:
    security = env.get("JIEDUI_SMTP_SECURITY", Security.starttls)
    if security not in set(Security):
        raise BadSettings(f"JIEDUI_SMTP_SECURITY is {', '.join(Security)}, not {security!r}")
    return Outward(
        smtp_host=env.get("JIEDUI_SMTP_HOST", ""),
        smtp_port=_number(env, "JIEDUI_SMTP_PORT", 587, 1, 65535),
        smtp_security=Security(security),
        smtp_user=env.get("JIEDUI_SMTP_USER", ""),
        smtp_password=_secret(env, "JIEDUI_SMTP_PASSWORD_FILE"),
        mail_from=env.get("JIEDUI_MAIL_FROM", ""),
        sms=_hook(env, "JIEDUI_SMS_URL", "JIEDUI_SMS_BODY", "JIEDUI_SMS_TOKEN_FILE"),
        wecom=_hook(env, "JIEDUI_WECOM_URL", "JIEDUI_WECOM_BODY", "JIEDUI_WECOM_TOKEN_FILE"),
    )


def _hook(env: Mapping[str, str], url: str, body: str, token: str) -> Hook:
    return Hook(env.get(url, ""), env.get(body, ""), _secret(env, token))


def _secret(env: Mapping[str, str], name: str) -> str:
    """What stands in the file that a variable names: passwords never stand in the environment."""
    path = env.get(name, "")
    try:
        return Path(path).read_text(encoding="utf-8").strip() if path else ""
    except (OSError, UnicodeDecodeError) as error:
        raise BadSettings(f"{name}: {path} cannot be read ({type(error).__name__})") from error


def _mode(said: str) -> Mode:
    try:
        return Mode(said)
    except ValueError as error:
        raise BadSettings(f"JIEDUI_MODE is {', '.join(Mode)}, not {said!r}") from error


def _number(env: Mapping[str, str], name: str, default: int, least: int, most: int) -> int:
    said = env.get(name) or str(default)
    if said.isascii() and said.isdigit() and least <= int(said) <= most:
        return int(said)
    raise BadSettings(f"{name} is a number from {least} to {most}, not {said!r}")


def check(settings: Settings) -> Settings:
    """Refuse a production set-up that would leak or could be guessed; fill the demo's secret."""
    if settings.geocoder not in ("", "nominatim", "baidu"):
        raise BadSettings(f"JIEDUI_GEOCODER is nominatim or baidu, not {settings.geocoder!r}")
    if settings.geocoder == "baidu" and not settings.geocoder_key:
        raise BadSettings("JIEDUI_GEOCODER_KEY must be set for baidu")
    _check_outward(settings.outward)
    if settings.production:
        _check_production(settings)
        return settings
    if not settings.secret_key:
        return _with_local_secret(settings)
    return settings


def _check_outward(outward: Outward) -> None:
    if outward.smtp_host and "@" not in outward.mail_from:
        raise BadSettings("JIEDUI_MAIL_FROM must be the address that letters come from")
    for name, hook in (("JIEDUI_SMS", outward.sms), ("JIEDUI_WECOM", outward.wecom)):
        if hook.url and urlsplit(hook.url).scheme not in ("http", "https"):
            raise BadSettings(f"{name}_URL must be an address that begins with https")
        if hook.url and not hook.body:
            raise BadSettings(f"{name}_BODY must name the template of what is posted")


def _check_outward_is_safe(outward: Outward) -> None:
    for name, hook in (("JIEDUI_SMS", outward.sms), ("JIEDUI_WECOM", outward.wecom)):
        if hook.url and urlsplit(hook.url).scheme != "https":
            raise BadSettings(f"{name}_URL must begin with https in production")
    if outward.smtp_host and outward.smtp_user and outward.smtp_security is Security.plain:
        raise BadSettings("JIEDUI_SMTP_SECURITY plain would show the password on its way")


def _check_production(settings: Settings) -> None:
    _check_outward_is_safe(settings.outward)
    if len(settings.secret_key) < 32:
        raise BadSettings("JIEDUI_SECRET_KEY must be set to at least 32 random characters")
    if not settings.https:
        raise BadSettings("production is served over HTTPS only: unset JIEDUI_HTTPS or set it to 1")
    address = urlsplit(settings.public_url)
    if address.scheme != "https" or not address.hostname:
        raise BadSettings("JIEDUI_PUBLIC_URL must be the address people use, beginning with https")
    if settings.argon2_memory_kib < ARGON2_FLOOR_KIB or settings.argon2_rounds < 2:
        raise BadSettings("JIEDUI_ARGON2_MEMORY_KIB and JIEDUI_ARGON2_ROUNDS are below the floor")
    if not settings.key_file.is_file():
        raise BadSettings(f"no key file at {settings.key_file}: run `jiedui keys new`")
    if settings.key_file.stat().st_mode & 0o077:
        raise BadSettings(f"{settings.key_file} can be read by others: chmod 600")
    if settings.key_file.resolve().is_relative_to(settings.var.resolve()):
        raise BadSettings("JIEDUI_KEY_FILE must lie outside JIEDUI_VAR, so that no backup holds it")


def _with_local_secret(settings: Settings) -> Settings:
    """A random secret kept beside the demo's data, so that restarts keep people signed in."""
    settings.var.mkdir(parents=True, exist_ok=True)
    path = settings.var / "secret"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48), encoding="utf-8")
    return Settings(**{**settings.__dict__, "secret_key": path.read_text(encoding="utf-8")})
