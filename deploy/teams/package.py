"""Makes the app package that Teams installs: manifest.json and two icons in a zip.

    python deploy/teams/package.py --app-id 12345678-… --host casemate.example.com -o casemate.zip

The commands in the menu are those of the bot. Upload the zip under *Manage your apps* in Teams, or have
an administrator do so for everybody.
"""

import argparse
import json
import re
import sys
import zipfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))  # run as a file, from anywhere

from deploy.teams.icons import color_icon, outline_icon
from dialogs.commands import COMMANDS

SCHEMA = "https://developer.microsoft.com/json-schemas/teams/v1.17/MicrosoftTeams.schema.json"
MENU = 10  # commands that Teams takes in one menu
# Of the menu's commands those that don't fit: in the own chat the channel's, in a channel one's own.
ELSEWHERE = {"personal": ("swarm", "board"), "team": ("remind", "my"), "groupChat": ("remind", "my")}
APP_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")


def manifest(app_id: str, host: str, version: str = "0.1.0") -> dict[str, Any]:
    """The manifest of an app whose bot has that id and whose pages are on that host."""
    menus = [{"scopes": [scope], "commands": menu(scope)} for scope in ELSEWHERE]
    return {
        "$schema": SCHEMA,
        "manifestVersion": "1.17",
        "version": version,
        "id": app_id,
        "developer": {
            "name": "Casemate",
            "websiteUrl": f"https://{host}/",
            "privacyUrl": f"https://{host}/",
            "termsOfUseUrl": f"https://{host}/",
        },
        "name": {"short": "Casemate", "full": "Casemate, the support team's companion"},
        "description": {
            "short": "From the first mail of a case to its closing one.",
            "full": "Walks an engineer through the mails of a support case: asks for what is missing, writes the mail, "
            "says what is wrong with it, and remembers when to write again. It never writes to a customer itself.",
        },
        "icons": {"color": "color.png", "outline": "outline.png"},
        "accentColor": "#5B5FC7",
        "bots": [
            {
                "botId": app_id,
                "scopes": ["personal", "team", "groupChat"],
                "commandLists": menus,
            }
        ],
        "permissions": ["identity", "messageTeamMembers"],
        "validDomains": [host],
    }


def menu(scope: str) -> list[dict[str, str]]:
    """The commands that Teams offers there; the others can be typed all the same."""
    shown = [command for command in COMMANDS if command.menu and command.name not in ELSEWHERE[scope]]
    return [{"title": command.name, "description": command.help[:128]} for command in shown]


def main() -> int:
    parser = argparse.ArgumentParser(description="Make the app package that Teams installs.")
    parser.add_argument("--app-id", required=True, help="the bot's MicrosoftAppId")
    parser.add_argument("--host", required=True, help="where its pages are, such as casemate.example.com")
    parser.add_argument("-o", "--output", type=Path, default=Path("casemate.zip"))
    args = parser.parse_args()
    app_id, host = args.app_id.lower(), args.host.lower()
    if not APP_ID.fullmatch(app_id):
        parser.error("--app-id looks like 12345678-90ab-cdef-1234-567890abcdef.")
    if not HOST.fullmatch(host):
        parser.error("--host is a host name alone, such as casemate.example.com.")
    with zipfile.ZipFile(args.output, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("manifest.json", json.dumps(manifest(app_id, host), indent=2))
        package.writestr("color.png", color_icon())
        package.writestr("outline.png", outline_icon())
    print(f"Written: {args.output}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
