"""Fetches the packages of manifest.json with the registries' ordinary clients and checks them against their SHA-256."""

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

MANIFEST = Path(__file__).parent / "manifest.json"
DEBIAN_SOURCES = Path("/etc/apt/sources.list.d/debian.sources")


def sha256(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def source_options(work: Path) -> list[str]:
    """apt options that look at this machine's Debian mirror for sources, without touching its configuration."""
    lists, parts = work / "apt/lists", work / "apt/parts"
    (lists / "partial").mkdir(parents=True, exist_ok=True)
    parts.mkdir(parents=True, exist_ok=True)
    (parts / "sources.sources").write_text(DEBIAN_SOURCES.read_text().replace("Types: deb\n", "Types: deb-src\n"))
    settings = {"Dir::Etc::sourcelist": "/dev/null", "Dir::Etc::sourceparts": parts, "Dir::State::lists": lists, "APT::Sandbox::User": "root"}
    options = [word for name, value in settings.items() for word in ("-o", f"{name}={value}")]
    subprocess.run(["apt-get", *options, "update", "-qq"], check=True)
    return options


def command(entry: dict, sources: list[str]) -> list[str]:
    """The client's command that downloads one package into the current folder."""
    if entry["from"] == "npm":
        return ["npm", "pack", "--silent", "--ignore-scripts", f"{entry['name']}@{entry['version']}"]
    pinned = f"{entry['name']}={entry['version']}"
    if entry["from"] == "debian":
        return ["apt-get", "download", "-qq", pinned]
    return ["apt-get", *sources, "source", "-qq", "--download-only", "--only-source", pinned]


def fetch(entry: dict, work: Path, sources: list[str]) -> list[Path]:
    """The package's files, downloaded unless they already lie in the work folder.

    Raises ValueError when a file is not the pinned one."""
    folder = work / "downloads" / entry["from"]
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / name for name in entry["files"]]
    if not all(path.exists() for path in paths):
        done = subprocess.run(command(entry, sources), cwd=folder, capture_output=True, text=True)
        missing = [path.name for path in paths if not path.exists()]
        if missing:
            raise ValueError(f"{entry['name']}: {', '.join(missing)} did not arrive: {done.stderr.strip()[-300:]}")
    for path in paths:
        if sha256(path) != entry["files"][path.name]:
            raise ValueError(f"{path.name} is not the file pinned in {MANIFEST.name}")
    return paths


def fetch_all(work: Path, group: str = "packages") -> list[Path]:
    """Every file of a group of the manifest: what is learnt from, or `heldOut` for evaluation only.

    Fails on the first that cannot be had as pinned."""
    for tool in ("npm", "apt-get", "dpkg-deb"):
        if shutil.which(tool) is None:
            raise SystemExit(f"{tool} is needed to fetch the training texts: run this on Debian 12 with Node installed")
    entries = json.loads(MANIFEST.read_text())[group]
    sources = source_options(work) if any(entry["from"] == "debian-source" for entry in entries) else []
    return [path for entry in entries for path in fetch(entry, work, sources)]


if __name__ == "__main__":
    print(f"{len(fetch_all(Path(sys.argv[1])))} files fetched and verified")
