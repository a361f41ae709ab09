"""The environment that training wants, which must be there before Python starts."""
import os
import sys

# glibc gives large blocks back to the kernel at every step and takes the page faults anew; this makes it keep them.
HEAP = {"MALLOC_MMAP_MAX_": "0", "MALLOC_TRIM_THRESHOLD_": "17179869184", "MALLOC_TOP_PAD_": "268435456"}


def with_large_heap(module: str = "engine") -> None:
    """Start this very command, `python -m module`, again with the allocator's settings, unless they are set; elsewhere than Linux they do nothing."""
    if sys.platform == "linux" and "MALLOC_TOP_PAD_" not in os.environ:
        os.environ.update(HEAP)
        os.execv(sys.executable, [sys.executable, "-m", module, *sys.argv[1:]])
