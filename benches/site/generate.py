#!/usr/bin/env python3
"""Makes a site of any size for measuring: guides in several languages, with facts, evidence, items, tables and links.

    benches/site/generate.py --pages 1002 --locales zh,en,ur --out DIR

writes the same content three times: DIR/rahnuma for the built-in theme, DIR/neutral for a plain theme that other programs
can have as well, DIR/hugo with that theme for Hugo; and DIR/model.json, what the pages must show. Guides are about 8 KB.
Pages counted are homes, carriers and guides; the number made is the nearest that carriers with equally many guides can have.
Python's standard library is all it needs. The same seed gives the same bytes.
"""
import argparse
import json
import os
import shutil
from concurrent.futures import ProcessPoolExecutor

import hugo_site
import rahnuma_site
from guides import NAMED, facts_of, guide_id, links_of, plan, say, title
from policy import carrier_id, figures, policy
from words import LOCALES

HERE = os.path.dirname(os.path.abspath(__file__))
MOST_CARRIERS = 60
PROBES = 60
PROGRAMS = {"rahnuma": rahnuma_site, "hugo": hugo_site}


def shape(pages, locales):
    """Carriers and guides of each, so that homes, carriers and guides in all locales come near the number of pages."""
    wanted = max(pages // locales - 1, 4)
    best = None
    for carriers in range(2, min(MOST_CARRIERS, wanted // 2) + 1):
        guides = max(round(wanted / carriers) - 1, 1)
        # Among shapes of the same size, one with about a third as many carriers as guides.
        fit = (abs(wanted - carriers * (1 + guides)), abs(carriers * 3 - guides))
        best = min(best or (fit, carriers, guides), (fit, carriers, guides))
    return best[1:]


def sentences(locale, blocks, name):
    """Every sentence of a guide that names no fact: the same letters on every page that shows it."""
    found = []
    for kind, *more in blocks:
        rows = more[1] if kind == "alert" else more[0] if kind in ("p", "ul", "ol") else [row[1] for row in more[0]] if kind == "items" else []
        found += [say(locale, one, None, name) for one in rows if one[0] in ("S", "I", "link")]
    return found


def probe(options, carrier, guide, blocks, locale):
    """What the page of a guide must show, whoever builds it."""
    seed = options["seed"]
    name = lambda to, other, _: title(locale, seed, to, other)
    values = policy(seed, carrier)["facts"]
    return {
        "path": f"{locale}/{carrier_id(carrier)}/{guide_id(guide)}/", "tag": LOCALES[locale]["tag"], "dir": LOCALES[locale]["dir"],
        "title": title(locale, seed, carrier, guide),
        "headings": [say(locale, block[2], None, None) for block in blocks if block[0] in ("h2", "h3")],
        "sentences": sentences(locale, blocks, name),
        "rows": sum(len(block[2]) + 1 for block in blocks if block[0] == "table"),
        "items": sum(len(block[1]) for block in blocks if block[0] == "items"),
        "alerts": sum(block[0] == "alert" for block in blocks),
        "figures": sorted({figure for name in facts_of(blocks) if "." not in name for figure in figures(values[name])}),
        "links": sorted({f"/{locale}/{carrier_id(to)}/{guide_id(other)}/" for to, other, _ in links_of(blocks)}),
    }


def write_carrier(job):
    """Every guide of a carrier, for every program."""
    options, carrier = job
    seed, carriers, guides = options["seed"], options["carriers"], options["guides"]
    probes, size = [], 0
    every = max(carriers * guides * len(options["locales"]) // PROBES, 1)
    for guide in range(guides):
        blocks = plan(seed, carrier, guide, carriers, guides)
        key_facts = [name for name in facts_of(blocks) if name in dict(NAMED)][:3]
        for at, locale in enumerate(options["locales"]):
            for program in options["programs"]:
                size += PROGRAMS[program].write_guide(options, carrier, guide, locale, blocks, key_facts)
            if ((carrier * guides + guide) * len(options["locales"]) + at) % every == 0:
                probes.append(probe(options, carrier, guide, blocks, locale))
        if "rahnuma" in options["programs"]:
            rahnuma_site.write_card(options, carrier, guide)
    return probes, size


def link_content(source, target):
    """The same files in another folder without a second copy, where the disk can do that."""
    for folder, _, names in os.walk(source):
        there = os.path.join(target, os.path.relpath(folder, source))
        os.makedirs(there, exist_ok=True)
        for name in names:
            try:
                os.link(os.path.join(folder, name), os.path.join(there, name))
            except OSError:
                shutil.copyfile(os.path.join(folder, name), os.path.join(there, name))


def make(out, pages, locales, seed="rahnuma", programs=("rahnuma", "hugo"), registry=False, jobs=None):
    """Writes a site below `out`, which may hold an older one; says what was made."""
    unknown = [locale for locale in locales if locale not in LOCALES]
    if unknown or "en" not in locales:
        raise SystemExit(f"locales are {', '.join(LOCALES)}, and English is the one the others are compared with; found {', '.join(locales)}")
    carriers, guides = shape(pages, len(locales))
    chosen = [program for program in PROGRAMS if program in programs]
    options = {"out": out, "seed": seed, "locales": locales, "carriers": carriers, "guides": guides, "programs": chosen, "registry": registry}
    os.makedirs(out, exist_ok=True)
    for name in ("rahnuma", "neutral", "hugo"):
        shutil.rmtree(os.path.join(out, name), ignore_errors=True)
    done = os.path.join(out, "model.json")     # written last: what is here without it is not whole
    if os.path.exists(done):
        os.remove(done)
    for program in chosen:
        PROGRAMS[program].write_site(options)
    jobs = jobs or os.cpu_count()
    with ProcessPoolExecutor(jobs) as pool:
        parts = list(pool.map(write_carrier, [(options, carrier) for carrier in range(carriers)]))
    if "rahnuma" in chosen:
        link_content(os.path.join(out, "rahnuma"), os.path.join(out, "neutral"))
        rahnuma_site.write_neutral(options)
    model = {
        "seed": seed, "locales": locales, "carriers": carriers, "guides": guides, "pages": len(locales) * (1 + carriers * (1 + guides)),
        "edit": {"guide": f"{carrier_id(0)}/{guide_id(min(1, guides - 1))}", "carrier": carrier_id(0)},
        "ids": {"carriers": [carrier_id(at) for at in range(carriers)], "guides": [guide_id(at) for at in range(guides)]},
        "probes": [one for probes, _ in parts for one in probes],
    }
    with open(done, "w", encoding="utf-8", newline="\n") as file:
        json.dump(model, file, ensure_ascii=False, indent=1)
    written = sum(size for _, size in parts)
    return model, written // (carriers * guides * len(locales) * len(chosen))


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--pages", type=int, default=1002)
    arguments.add_argument("--locales", default="zh,en,ur", help="any of " + ",".join(LOCALES))
    arguments.add_argument("--out", required=True)
    arguments.add_argument("--seed", default="rahnuma")
    arguments.add_argument("--programs", default="rahnuma,hugo", help="for which programs to write")
    arguments.add_argument("--registry", action="store_true", help="with a published.yaml of every id")
    arguments.add_argument("--jobs", type=int)
    given = arguments.parse_args()
    model, size = make(given.out, given.pages, given.locales.split(","), given.seed, given.programs.split(","), given.registry, given.jobs)
    print(f"{model['pages']} pages: {model['carriers']} carriers with {model['guides']} guides in {len(model['locales'])} locales, {size} bytes a guide, in {given.out}")


if __name__ == "__main__":
    main()
