"""What is kept out of the training text, decided by hash before anything is generated."""
import hashlib


def held_out(kind: str, *parts: str, share: float = 0.1) -> bool:
    """True for a fixed `share` of all (kind, parts): the same ones on every machine and for every seed."""
    digest = hashlib.sha256("\x1f".join((kind, *parts)).encode()).digest()
    return int.from_bytes(digest[:8], "big") < share * 2**64
