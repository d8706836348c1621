"""Everything a fresh clone needs, in one step: `python3 start.py` begins today's study session.

    python3 start.py               make .venv if it is not there, then `dp100 study`
    python3 start.py test          the same, then the whole test suite
    python3 start.py test --fast   the same, then the tests that need no terminal, no Anki and no patience
    python3 start.py exam …        the same, then any other dp100 command

Only Python's standard library is used here, and no syntax newer than Python 3.6, so that an old Python can say
what is wrong with it.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
STAMP = VENV / "installed"
SLOW = (
    "terminal",
    "exchange",
    "safety",
    "cli",
    "store",
    "generate/test_rebuilding.py",
    "decks/test_write.py",
    "test_kills.py",
)


def main(arguments):
    """Set up what is missing, then run dp100 or the tests; give the exit status or a sentence."""
    if sys.version_info < (3, 11):
        version = ".".join(str(part) for part in sys.version_info[:3])
        return "dp100cards needs Python 3.11 or later; this is %s. Call start.py with a newer one." % version
    testing = arguments[:1] == ["test"]
    problem = install("test" if testing else "")
    if problem:
        return problem
    if testing:
        return test(arguments[1:])
    command = [program("dp100")] + (arguments or ["study"])
    if os.name != "nt":
        os.execv(command[0], command)
    return subprocess.call(command)


def test(arguments):
    """Run the tests, and say before how long that takes."""
    fast = "--fast" in arguments
    options = [each for each in arguments if each != "--fast"]
    if fast:
        options += ["--ignore=%s" % (HERE / "tests" / room) for room in SLOW]
        print("The fast tests: about 30 seconds on two cores.", file=sys.stderr)
    elif not options:
        print(
            "All tests: about three minutes on two cores; start.py test --fast takes 30 seconds.",
            file=sys.stderr,
        )
    return subprocess.call([program("python"), "-m", "pytest", "-n", "auto"] + options, cwd=str(HERE))


def install(extra):
    """Make the virtual environment and install into it what is missing. Give a sentence on failure.

    What is there stays: a `dp100` that runs in another window must not lose its files.
    """
    want = hashlib.sha256((HERE / "pyproject.toml").read_bytes() + sys.version.encode()).hexdigest()
    usable = Path(program("python")).exists()  # not after the Python that made it was removed
    done = STAMP.read_text(encoding="utf-8").split() if STAMP.exists() and usable else []
    extras = sorted(set(done[1:] + [extra]) - {""})
    if done[:1] == [want] and extras == done[1:]:
        return ""
    if done[:1] != [want]:
        print("Setting up .venv (about a minute) …", file=sys.stderr)
        if subprocess.call([sys.executable, "-m", "venv", str(VENV)] + ([] if usable else ["--clear"])) != 0:
            return "The virtual environment could not be made. On Debian or Ubuntu: sudo apt install python3-venv"
    pip = [program("python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if done[:1] == [want]:
        print("Adding what the tests need to .venv …", file=sys.stderr)
        packages = needed(extra)
    else:
        packages = ["--editable", str(HERE) + ("[%s]" % ",".join(extras) if extras else "")]
    if subprocess.call(pip + packages) != 0:
        return "The installation failed; the lines above say why. Is there a network? Run the same command again."
    # Only an installation that is not editable compiles what it installs; and where Python may write no compiled files
    # by itself (PYTHONDONTWRITEBYTECODE, as in many containers), each command would compile the program anew.
    subprocess.call([program("python"), "-m", "compileall", "-q", str(HERE / "dp100cards")])
    STAMP.write_text(" ".join([want] + extras) + "\n", encoding="utf-8")
    return ""


def needed(extra):
    """The packages of one extra: installed by themselves, they leave the program alone that may be running."""
    import tomllib

    with (HERE / "pyproject.toml").open("rb") as file:
        return tomllib.load(file)["project"]["optional-dependencies"][extra]


def program(name):
    """The path of a program in the virtual environment."""
    return str(BIN / (name + (".exe" if os.name == "nt" else "")))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
