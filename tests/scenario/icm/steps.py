"""Steps of an incident that many tests take, and what is typed into them."""

from playbook.model import Icm
from tests.fakes.channel import Chat, Sent
from tests.scenario.scene import NUMBER, Scene, one

BUG = {
    "icm_title": "SSH times out behind a resized balancer",
    "repro": "1. Resize\n2. Connect",
    "expected": "It connects",
    "actual": "It times out",
    "impact": "Both build servers",
    "logs": "The case's upload folder",
}


async def judged(scene: Scene, ada: Chat, **typed: str) -> Sent:
    form = await scene.say(ada, f"/icm {NUMBER} new")
    return await scene.press(ada, form, "Next", **({"route": "bug", "no_go": "none"} | typed))


async def opened(scene: Scene, ada: Chat, number: str = "501234567") -> Sent:
    form = await judged(scene, ada, evidence="The page on resizing says otherwise", area="networking")
    text = await scene.press(ada, form, "Draft", **BUG)
    return await scene.press(ada, text, "Opened", icm_number=number)


async def icm_of(scene: Scene) -> Icm:
    return one(await scene.all(Icm))
