"""Everything a fresh clone needs, in one step: `python3 start.py` begins today's study session.

    python3 start.py              make .venv if it is not there, then `dp100 study`
    python3 start.py test         the same, then the whole test suite
    python3 start.py exam …       the same, then any other dp100 command

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
        command = [program("python"), "-m", "pytest", "-n", "auto"] + arguments[1:]
        return subprocess.call(command, cwd=str(HERE))
    command = [program("dp100")] + (arguments or ["study"])
    if os.name != "nt":
        os.execv(command[0], command)
    return subprocess.call(command)


def install(extra):
    """Make the virtual environment and install into it, unless that was done before. Give a sentence on failure."""
    want = hashlib.sha256((HERE / "pyproject.toml").read_bytes()).hexdigest()
    done = STAMP.read_text(encoding="utf-8").split() if STAMP.exists() else []
    if want in done and (not extra or extra in done) and Path(program("python")).exists():
        return ""
    print("Setting up .venv (once, about a minute) …", file=sys.stderr)
    if subprocess.call([sys.executable, "-m", "venv", "--clear", str(VENV)]) != 0:
        return "The virtual environment could not be made. On Debian or Ubuntu: sudo apt install python3-venv"
    package = str(HERE) + ("[%s]" % extra if extra else "")
    pip = [program("python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if subprocess.call(pip + ["--editable", package]) != 0:
        return "The installation failed; the lines above say why. Is there a network? Run the same command again."
    # Only an installation that is not editable compiles what it installs; and where Python may write no compiled files
    # by itself (PYTHONDONTWRITEBYTECODE, as in many containers), each command would compile the program anew.
    subprocess.call([program("python"), "-m", "compileall", "-q", str(HERE / "dp100cards")])
    STAMP.write_text("%s %s\n" % (want, extra), encoding="utf-8")
    return ""


def program(name):
    """The path of a program in the virtual environment."""
    return str(BIN / (name + (".exe" if os.name == "nt" else "")))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
