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

HERE = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(HERE, ".venv")
BIN = os.path.join(VENV, "Scripts" if os.name == "nt" else "bin")
STAMP = os.path.join(VENV, "installed")


def main(arguments):
    """Set up what is missing, then run dp100 or the tests; give the exit status."""
    if sys.version_info < (3, 11):
        version = ".".join(str(part) for part in sys.version_info[:3])
        return "dp100cards needs Python 3.11 or later; this is %s. Call start.py with a newer one." % version
    testing = arguments[:1] == ["test"]
    problem = install("test" if testing else "")
    if problem:
        return problem
    if testing:
        command = [program("python"), "-m", "pytest", "-n", "auto"] + arguments[1:]
        return subprocess.call(command, cwd=HERE)
    command = [program("dp100")] + (arguments or ["study"])
    if os.name == "nt":
        return subprocess.call(command)
    os.execv(command[0], command)


def install(extra):
    """Make the virtual environment and install into it, unless that was done before. Give a sentence on failure."""
    with open(os.path.join(HERE, "pyproject.toml"), "rb") as file:
        want = hashlib.sha256(file.read()).hexdigest()
    done = read(STAMP).split()
    if want in done and (not extra or extra in done) and os.path.exists(program("python")):
        return ""
    print("Setting up .venv (once, about a minute) …", file=sys.stderr)
    if subprocess.call([sys.executable, "-m", "venv", "--clear", VENV]) != 0:
        return "The virtual environment could not be made. On Debian or Ubuntu: sudo apt install python3-venv"
    package = HERE + ("[%s]" % extra if extra else "")
    install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--editable", package]
    if subprocess.call([program("python")] + install) != 0:
        return "The installation failed; the lines above say why. Is there a network? Run the same command again."
    with open(STAMP, "w", encoding="utf-8") as file:
        file.write("%s %s\n" % (want, extra))
    return ""


def program(name):
    """The path of a program in the virtual environment."""
    return os.path.join(BIN, name + (".exe" if os.name == "nt" else ""))


def read(path):
    """A file's text, or nothing where there is no file."""
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except OSError:
        return ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
