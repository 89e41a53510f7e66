"""Real plans audited on one machine and by a cluster of three workers beside a store.

    python -m benchmarks.whole.cluster SHARED [--plans 10]

SHARED holds the plans (data/plans). Prints the processor time of all processes of either run, from
the first import to the result, and says whether both results are the same to the byte. The store
is a folder by its address (``file://``); ``--store s3://BUCKET/…`` takes another.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from pathlib import Path

import msgspec

from benchmarks.whole.process import tree

QUIET = {
    "distributed.worker.profile.enabled": False,
    "distributed.admin.tick.interval": "500ms",
}
"""What docs/scale.md advises: workers that wait should not tick."""


def spent() -> float:
    """Processor seconds of this process and of all that it has started."""
    total = 0
    for pid in tree(os.getpid()):
        try:
            fields = (
                Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
            )
        except OSError:
            continue
        total += sum(map(int, fields[11:15]))
    return total / os.sysconf("SC_CLK_TCK")


def here(folder: Path) -> tuple[bytes, float]:
    """The result of one machine, and what it took."""
    import stratlint

    start = spent()
    made = stratlint.audit(folder)
    return msgspec.json.encode(made), spent() - start


def there(folder: Path, store: str) -> tuple[bytes, float]:
    """The result of three workers, and what they and the process that drives them took."""
    import dask
    import distributed

    import stratlint
    from stratlint.run.run import PRELOAD
    from stratlint.workers.dask import dask_executor

    start = spent()
    with (
        dask.config.set(QUIET),
        distributed.LocalCluster(  # type: ignore[no-untyped-call]
            n_workers=3, threads_per_worker=1, processes=True, dashboard_address=None
        ) as cluster,
        dask_executor(cluster.scheduler_address, preload=PRELOAD) as executor,
    ):
        made = stratlint.audit(folder, executor=executor, store=store)
        cost = spent() - start
    return msgspec.json.encode(made), cost


def main() -> None:
    """Measure what the command line names."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--plans", type=int, default=10)
    parser.add_argument("--store")
    options = parser.parse_args()
    plans = sorted((options.shared / "data" / "plans").glob("*.txt"))
    if not plans:
        sys.exit(f"{options.shared}: there are no plans here")
    with tempfile.TemporaryDirectory() as name:
        os.environ["STRATLINT_CACHE_DIR"] = f"{name}/cache"
        folder = Path(name) / "plans"
        folder.mkdir()
        for path in plans[:: max(1, len(plans) // options.plans)][: options.plans]:
            shutil.copy(path, folder)
        second, spread = there(folder, options.store or f"file://{name}/store")
        first, alone = here(folder)
    sys.stdout.write(
        f"{options.plans} plans: one machine {alone:.1f} s of processor time, three workers and a "
        f"store {spread:.1f} s ({spread / alone:.2f} times), results "
        f"{'equal' if first == second else 'DIFFER'}\n"
    )


if __name__ == "__main__":
    main()
