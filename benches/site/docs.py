"""Writes measured figures into docs/performance.md, between two marks, and draws docs/performance.svg."""
import os

from chart import draw

BEGIN, END = "<!-- Written by `benches/compare --write-docs` -->", "<!-- End of what was written -->"


def table(rows):
    head, *rest = rows
    lines = [head, ["---"] + ["---:"] * (len(head) - 1), *rest]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


def cold(results, names):
    rows = [["Cold build", "pages", "user s", "ms a page", "of Hugo's", "system s", "wall s", "peak MiB", "KiB a page", "runs"]]
    for size in results["sizes"]:
        hugo = size["columns"].get("hugo")
        for name, one in size["columns"].items():
            rows.append([
                names[name], f"{size['pages']:,}", f"{one['user']:.2f}", f"**{1000 * one['user'] / size['pages']:.2f}**", f"{one['user'] / hugo['user']:.2f}" if hugo else "–",
                f"{one['system']:.2f}", f"{one['wall']:.2f}", f"{one['peak'] / 2**20:.0f}", f"{one['html_bytes'] / 1024 / one['html_files']:.1f}", one["runs"],
            ])
    return table(rows)


def edits(results, names):
    rows = [["After one change", "pages", "changed", "user s", "of a cold build", "files", "other bytes", "another time", "another inode"]]
    for size in results["sizes"]:
        for name, one in size["columns"].items():
            for what, edit in one["edits"].items():
                rows.append([names[name], f"{size['pages']:,}", what, f"{edit['user']:.2f}", f"{edit['user'] / one['user']:.0%}", *(f"{edit[key]:.0f}" for key in ("files", "bytes", "times", "inodes"))])
    return table(rows) if len(rows) > 1 else ""


def measured(results, names):
    machine, versions = results["machine"], results["versions"]
    memory = f", {machine['memory_gib']} GiB" if machine["memory_gib"] else ""
    said = ", ".join(versions.values())
    return "\n\n".join(filter(None, [
        f"{said}. {machine['cores']} cores ({machine['processor']}){memory}, {machine['system']}.", cold(results, names), edits(results, names),
    ]))


def write_docs(results, names, folder):
    path = os.path.join(folder, "performance.md")
    with open(path, encoding="utf-8") as file:
        text = file.read()
    before, after = text.split(BEGIN)[0], text.split(END)[1]
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write(f"{before}{BEGIN}\n\n{measured(results, names)}\n\n{END}{after}")
    series = [(column, names[column], [(size["pages"], 1000 * size["columns"][column]["user"] / size["pages"]) for size in results["sizes"] if column in size["columns"]]) for column in names]
    with open(os.path.join(folder, "performance.svg"), "w", encoding="utf-8", newline="\n") as file:
        file.write(draw(series, "User CPU a page, by the size of the site", "ms"))
