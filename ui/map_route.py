"""The route that hands the vocabulary's points to the browser, once for each version of a model."""
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ui import session


def address(name: str = session.BASE) -> str:
    """Where the browser finds the points of a model as it now is."""
    return f"/map/{name}/{session.points(name)[0]}.json"


def serve(request: Request) -> Response:
    """The points; 404 for another model than the one that is mapped, or for another version of it."""
    if request.path_params["name"] != session.BASE:
        raise HTTPException(404)
    version, content = session.points(session.BASE)
    if request.path_params["version"] != version:
        raise HTTPException(404)
    return Response(content, media_type="application/json", headers={"Cache-Control": "public, max-age=31536000, immutable"})


MAP = Route("/map/{name}/{version}.json", serve)
