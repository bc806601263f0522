"""What our pages have alike."""

import json
from typing import Any


def json_in_html(value: Any) -> str:
    """JSON that can stand inside an HTML element: nothing in it ends the element or begins another."""
    return json.dumps(value).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
