"""Who may talk to a server on loopback: pages of this very address, and programs of this machine.

Any web page can make a browser send requests to localhost. A foreign Origin gives such a page away, and a foreign
Host the trick of a name that is made to point at 127.0.0.1 (DNS rebinding).
"""

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

NAMES = ("localhost", "127.0.0.1", "[::1]")


def guard(port: int) -> Middleware:
    """A middleware that answers 403 to a Host or Origin that isn't ours."""
    hosts = {f"{name}:{port}" for name in NAMES}
    if port == 80:
        hosts |= set(NAMES)
    origins = {f"http://{host}" for host in hosts}

    @web.middleware
    async def refuse_strangers(request: web.Request, handler: Handler) -> web.StreamResponse:
        origin = request.headers.get("Origin")
        if request.headers.get("Host", "").lower() not in hosts:
            raise web.HTTPForbidden(text=f"This is a local bot. Open it as http://localhost:{port}/\n")
        if origin is not None and origin.lower() not in origins:
            raise web.HTTPForbidden(text="Requests of other web pages are refused.\n")
        return await handler(request)

    return refuse_strangers
