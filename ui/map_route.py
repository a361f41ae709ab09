"""The route that hands the vocabulary's points to the browser, once for each version of a model."""
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ui import kept, session


def address() -> str:
    """Where the browser finds the points of the current model as it now is."""
    return f"/map/{session.current()}/{session.points()[0]}.json"


def serve(request: Request) -> Response:
    """The points; 404 for a model that is not there, or for another version of it."""
    name = request.path_params["name"]
    if name not in session.shipped() and not kept.model(name):
        raise HTTPException(404)
    version, content = session.points(name)
    if request.path_params["version"] != version:
        raise HTTPException(404)
    return Response(content, media_type="application/json", headers={"Cache-Control": "public, max-age=31536000, immutable"})


MAP = Route("/map/{name}/{version}.json", serve)
