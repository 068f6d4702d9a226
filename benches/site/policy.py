"""Made-up carriers: their facts with evidence, as values that each program's writer words in its own form."""
import re

from guides import Dice
from words import BRANDS, FACTS, KINDS_OF_BRAND, LOCALES, NATIONAL, brand, label, ui

UNITS = {"en": "days", "zh": "天", "ur": "دن", "ar": "يوم", "fa": "روز", "de": "Tage", "fr": "jours", "es": "días", "pt": "dias", "tr": "gün", "hi": "दिन", "id": "hari"}
CONFIDENCE = ["official", "official", "reported", "staff"]
TODAY = "2026-11-22"


def carrier_id(at):
    names, kinds = BRANDS["en"], KINDS_OF_BRAND["en"]
    return (names[at % len(names)] + kinds[at // len(names)]).lower().replace(" ", "-")


def amount(kind, dice):
    if kind == "money":
        return 20 + 5 * dice(900)
    if kind == "duration":
        return [2, 3, 5, 7, 10, 14, 21, 28, 30, 45, 60, 90, 180, 365][dice(14)]
    return 5 + dice(90)


def value(ident, kind, dice, owner):
    """A value as data: figures, or the words of each locale."""
    if kind in ("money", "duration", "percentage"):
        return amount(kind, dice)
    if kind == "phone":
        return f"0{dice(800) + 100}-{dice(9000000) + 1000000}"
    if kind == "ussd":
        return f"*{dice(900) + 100}*{dice(90) + 10}#"
    if kind == "email":
        return f"help@{owner}.example"
    if kind == "url":
        return f"https://{owner}.example/{ident}"
    if kind == "documents":
        return [dice(9973) for _ in range(3)]
    return None


def policy(seed, at):
    """A carrier's file; the nation's for `None`."""
    owner = "national" if at is None else carrier_id(at)
    dice = Dice(seed, "policy", owner)
    facts = {}
    for ix, (ident, kind, risk, odd) in enumerate(NATIONAL if at is None else FACTS):
        readings = []
        for number in range(2 if odd in ("ended", "conflict") else 1):
            cited = sorted({f"{owner}-{page}" for page in [["terms", "tariff", "press", "desk"][(ix + more) % 4] for more in range(1 + ix % 2)]})
            readings.append({
                "value": "unknown" if odd == "unknown" else value(ident, kind, dice, owner),
                "confidence": "unverified" if odd == "unknown" else CONFIDENCE[dice(4)],
                "checked": f"2026-11-{dice(20) + 1:02d}", "sources": [] if odd == "unknown" else cited,
                "from": "2026-06-01" if odd == "ended" and number else None, "until": "2026-05-31" if odd == "ended" and not number else None,
            })
        if odd == "conflict":
            readings[1]["value"] = readings[0]["value"] + 50
        facts[ident] = {"kind": kind, "risk": risk, "odd": odd, "readings": readings, "label": ix if at is not None else len(FACTS) + ix}
    return {"id": owner, "at": at, "facts": facts}


def name_of(owner, locale):
    return {"en": "Rules for everyone", "zh": "通用规定", "ur": "سب کے لیے قواعد"}.get(locale, "Rules for everyone") if owner["at"] is None else brand(locale, owner["at"])


def label_of(fact, locale):
    return label(locale, fact["label"])


def current(fact):
    """The reading that holds today."""
    return fact["readings"][-1]


def figures(fact):
    """The figures that a page must show where it names a fact."""
    shown = current(fact)["value"]
    if isinstance(shown, list) or shown is None or fact["kind"] in ("email", "url"):
        return [] if not isinstance(shown, str) else [shown.removeprefix("https://")]
    return [re.sub(r"[^0-9]", "", str(shown))]


def documents(value, locale):
    nouns = LOCALES[locale]["N"]
    return [nouns[at % len(nouns)] for at in value]


def text(fact, locale):
    """A value in words, for programs that have no kinds of values."""
    shown, kind = current(fact)["value"], fact["kind"]
    if shown == "unknown":
        return ui(locale, "ask")
    if kind == "money":
        return f"PKR {shown:,}"
    if kind == "duration":
        return f"{shown}{'' if locale == 'zh' else ' '}{UNITS[locale]}"
    if kind == "percentage":
        return f"{shown}%"
    if kind == "documents":
        return {"zh": "、", "ur": "، ", "ar": "، ", "fa": "، "}.get(locale, ", ").join(documents(shown, locale))
    return ui(locale, "hours") if kind == "text" else str(shown)
