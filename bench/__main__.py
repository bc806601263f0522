"""`python -m bench [--smoke] [part …]`: measures, prints a table, writes bench/out/figures.json.

Bars are reported, never asserted: a busy machine is no failure. The exit code tells only whether
everything could be measured.
"""

import argparse
import sys
import time
import traceback
from collections.abc import Callable

from bench import board, deliveries, figures, lint, mails, start, store, swarm, turns
from bench.figures import Figure

PARTS: dict[str, Callable[[], list[Figure]]] = {
    "store": store.run,  # first: Linux hands a process's greatest memory on to its children
    "start": start.run,
    "mails": mails.run,
    "lint": lint.run,
    "turns": turns.run,
    "deliveries": deliveries.run,
    "board": board.run,
    "swarm": swarm.run,
}
SMOKE: dict[str, Callable[[], list[Figure]]] = {
    "turns": lambda: turns.run(turns.SMOKE),
    "board": lambda: board.run(board.SMOKE),
    "swarm": lambda: swarm.run(swarm.SMOKE),
    "start": lambda: start.run(cases=1000),
    "mails": lambda: mails.run(20),
    "deliveries": lambda: deliveries.run(deliveries.SMOKE),
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench", description="Measure ourselves beside the peers.")
    parser.add_argument("part", nargs="*", help=f"of {', '.join(PARTS)}; without one: all")
    parser.add_argument("--smoke", action="store_true", help="only see that measuring works (a minute)")
    args = parser.parse_args()
    parts = SMOKE if args.smoke else PARTS
    if unknown := set(args.part) - set(parts):
        parser.error(f"There is no part {', '.join(sorted(unknown))}; there are {', '.join(parts)}.")

    measured: list[Figure] = []
    failed: list[str] = []
    for name in (one for one in parts if not args.part or one in args.part):
        began = time.perf_counter()
        print(f"… {name}", end="", file=sys.stderr, flush=True)
        try:
            measured += parts[name]()
        except Exception:  # noqa: BLE001  what the other parts measured is told all the same
            failed.append(name)
            print(file=sys.stderr)
            traceback.print_exc()
            continue
        print(f" ({time.perf_counter() - began:.0f} s)", file=sys.stderr)
    print(figures.table(measured))
    if failed:
        print(f"\nCould not be measured: {', '.join(failed)}.", file=sys.stderr)
        return 1
    if not args.smoke and not args.part:
        figures.write(measured)
        print(f"\nAlso in {figures.OUT.relative_to(figures.OUT.parents[2])}.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
