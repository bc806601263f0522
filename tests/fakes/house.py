"""The mails and the team as they are shipped: read once for all tests."""

from playbook.mails import Mails
from playbook.team import load_team

MAILS = Mails.load()
TEAM = load_team()
