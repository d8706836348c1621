"""Run the code items of the bank against the SDK. For authors; not part of the test suite.

python tools/check_bank_code.py      needs azure-ai-ml and mltable in the environment that runs it
"""

import importlib.metadata
import importlib.util
import sys
import traceback
from pathlib import Path


def main():
    """Run every function named item_… and say which failed; the exit status is the number of failures."""
    failed = run = skipped = 0
    for path in sorted((Path(__file__).parent / "bank_code").glob("*.py")):
        spec = importlib.util.spec_from_file_location(path.stem, path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        for name, item in sorted(vars(module).items()):
            if name.startswith("item_"):
                run += 1
                try:
                    item()
                except Exception as error:
                    if type(error).__name__ == "Skip":
                        skipped += 1
                        print(f"{path.name}: {name}: left out, {error} is not installed")
                        continue
                    failed += 1
                    print(f"{path.name}: {name}\n{traceback.format_exc(limit=-1)}")
    print(
        f"azure-ai-ml {importlib.metadata.version('azure-ai-ml')}: {run - failed - skipped} of {run} items hold, {skipped} left out"
    )
    return failed


if __name__ == "__main__":
    sys.exit(min(main(), 100))
