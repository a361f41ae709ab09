"""The routes that hand a model's points and position vectors to the browser, once for each version of it."""
from collections.abc import Callable

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ui import kept, session


def address() -> str:
    """Where the browser finds the points of the current model as it now is."""
    return f"/map/{session.current()}/{session.points()[0]}.json"


def places() -> str:
    """Where it finds the position vectors of the current model."""
    return f"/places/{session.current()}/{session.places()[0]}.bin"


def _serving(found: Callable[[str], tuple], media: str) -> Callable[[Request], Response]:
    """Serves the content of what is `found` of a model as (version, content, …); 404 for a model that is not there, or for another version of it."""
    def serve(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in session.shipped() and not kept.model(name):
            raise HTTPException(404)
        version, content, *_ = found(name)
        if request.path_params["version"] != version:
            raise HTTPException(404)
        return Response(content, media_type=media, headers={"Cache-Control": "public, max-age=31536000, immutable"})
    return serve


MAP = Route("/map/{name}/{version}.json", _serving(lambda name: session.points(name), "application/json"))
PLACES = Route("/places/{name}/{version}.bin", _serving(lambda name: session.places(name), "application/octet-stream"))
