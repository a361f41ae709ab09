"""What this reader's fine-tuning made: taken over from a run or a file, it stands beside the models that ship as "yours"."""
import hashlib
from dataclasses import dataclass, field
from weakref import WeakValueDictionary

import streamlit as st

from engine import parcel
from engine.forgetting import Piece
from engine.lm import LanguageModel
from engine.lora import Change
from ui.runs import Run

YOURS = "yours"
KIND = "tuning"                     # of runs


@dataclass(frozen=True, eq=False)
class Own:
    """A change of the base's weights, under a name that says what it is: another change has another name."""
    name: str
    change: Change = field(repr=False)
    talks: bool                     # whether it was tuned on questions and answers, and so has the chat template
    order: dict                     # how it was made; nothing of one that came from a file
    report: dict                    # what its run said last
    pieces: tuple[Piece, ...] = ()  # what its run measured of what was forgotten


_own: WeakValueDictionary[str, Own] = WeakValueDictionary()     # those that some session still holds


def own(name: str) -> Own | None:
    """What some reader has under this name, this one first: who holds the same may leave."""
    own_ = mine()
    return own_ if own_ and own_.name == name else _own.get(name)


def mine() -> Own | None:
    """What this reader has."""
    return st.session_state.get("finetuning.own")


def over(base: LanguageModel, run: Run | None) -> bool:
    """Take over what a run of this reader's has made, once it has ended; whether there was anything new. Raises ModelError for weights that are no numbers."""
    if run is None or not run.ended or st.session_state.get("finetuning.taken") is run:
        return False
    st.session_state["finetuning.taken"] = run
    tensors, said = run.tensors, run.latest
    if not tensors or run.error:
        return False
    pieces = tuple(Piece(*entry["forgotten"]) for entry in run.log if "forgotten" in entry)
    _take(parcel.change(tensors, said["scale"], base), said["talks"], run.order, said, pieces)
    return True


def opened(base: LanguageModel, sha256: str, data: bytes, file: str) -> None:
    """Take over what an uploaded file holds. Raises ModelError."""
    change, talks = parcel.unpack(data, base, sha256, file)
    _take(change, talks, {}, {})


def _take(change: Change, talks: bool, order: dict, report: dict, pieces: tuple[Piece, ...] = ()) -> None:
    digest = hashlib.blake2b(f"{talks} {getattr(change, 'scale', None)}".encode(), digest_size=6)
    for name, tensor in sorted(parcel.tensors(change).items()):
        digest.update(name.encode() + tensor.numpy().tobytes())
    made = Own(f"{YOURS}-{digest.hexdigest()}", change, talks, order, report, pieces)
    _own[made.name] = st.session_state["finetuning.own"] = made
    st.session_state.update({"finetuning.model": YOURS, "finetuning.strength": 1.0})
