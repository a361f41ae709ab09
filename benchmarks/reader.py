"""A reader without a browser: Streamlit's own messages over a websocket, timed from the key to the end of its run."""
import asyncio
import contextlib
import json
import time
from collections.abc import AsyncIterator

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

PAGE, QUERY = "attention", "lang=en"
PATIENCE = 60.0                     # seconds until a run that does not end is given up


class Reader:
    """One session on `attention`: what it has to say at a key is learned from what the first run sent."""

    def __init__(self, socket: ClientConnection):
        self._socket = socket
        self._state = ClientState(query_string=QUERY, page_name=PAGE)

    async def open(self) -> None:
        """Run the whole page once, as a browser does on arrival."""
        await self._socket.send(BackMsg(rerun_script=self._state).SerializeToString())
        for message in await self._run():
            if message.HasField("new_session"):
                self._state.page_script_hash = message.new_session.page_script_hash
            if message.delta.new_element.HasField("text_input"):
                self._state.fragment_id = message.delta.fragment_id
                self._state.widget_states.widgets.add(id=message.delta.new_element.text_input.id)
        if not self._state.fragment_id:
            raise RuntimeError("The page has no live box.")

    async def press(self, text: str) -> None:
        """Say that the box now holds `text`, whether or not the text before it has been answered."""
        self._state.widget_states.widgets[0].string_value = text
        await self._socket.send(BackMsg(rerun_script=self._state).SerializeToString())

    async def answer(self) -> tuple[float, str]:
        """Wait for the next run that draws: the time (perf_counter) at which it had finished, and the text that it drew."""
        while True:
            messages = await self._run()
            finished = time.perf_counter()
            drawn = [message.delta.new_element.bidi_component.json for message in messages
                     if message.delta.new_element.HasField("bidi_component")]
            if drawn:
                return finished, json.loads(drawn[-1])["stamp"]

    async def _run(self) -> list[ForwardMsg]:
        """All messages up to the end of a run. Raises TimeoutError after PATIENCE seconds."""
        messages = []
        async with asyncio.timeout(PATIENCE):
            while not messages or messages[-1].WhichOneof("type") != "script_finished":
                messages.append(ForwardMsg.FromString(await self._socket.recv()))
        return messages


@contextlib.asynccontextmanager
async def reader(address: str) -> AsyncIterator[Reader]:
    """A reader who has just come."""
    async with connect(f"ws://{address}/_stcore/stream", subprotocols=["streamlit"], max_size=None) as socket:
        one = Reader(socket)
        await one.open()
        yield one
