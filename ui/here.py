"""Whether a reader sits at the machine that serves the app: only then may a page read its folders, or fetch for it from the network."""
import ipaddress
import os
from collections.abc import Mapping

import streamlit as st

VARIABLE, EVERYBODY = "VITRINA_OPEN", "everybody"
LOCAL = ("localhost", "127.0.0.1", "[::1]")
FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Real-Ip")


def may_open() -> bool:
    """Whether this reader may open folders and fetch from the hub: on this machine, or wherever VITRINA_OPEN says everybody."""
    return os.environ.get(VARIABLE) == EVERYBODY or at_home(st.context.ip_address, st.context.headers)


def at_home(address: str | None, headers: Mapping[str, str]) -> bool:
    """Whether a connection comes from this machine, addressed as such: not through a proxy, and not by a foreign name that leads here.

    Streamlit gives None for 127.0.0.1 and ::1, and also where it does not know; then what the browser asked for decides.
    """
    name = headers.get("Host", "").rsplit(":", 1)[0] if not headers.get("Host", "").endswith("]") else headers["Host"]
    return (address is None or _loopback(address)) and name in LOCAL and not any(headers.get(key) for key in FORWARDED)


def _loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
