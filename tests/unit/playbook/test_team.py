"""The team file: defaults, what is laid over them, and the sentence for each mistake."""

import textwrap
from datetime import date, time
from pathlib import Path

import pytest

from playbook.hours import parse_hours
from playbook.team import DEFAULTS, Person, Team, load_team
from playbook.toml_file import FileMistake

TENANT = "11111111-2222-3333-4444-555555555555"
ANA, RUI = f"{TENANT}/ana", f"{TENANT}/rui"

FULL = f"""
product = "Contoso Cloud"

[portal]
name = "the Contoso portal"

[work]
zone = "Europe/Lisbon"
hours = "Mon-Thu 8:30-17:00"
holidays = ["2026-12-24", 2026-12-31]

[places.team]
channel = "msteams"
conversation = "19:abc@thread.tacv2;messageid=1"

[trust]
channels = ["webchat"]

[resolution_codes]
solved = "Done"

[[people]]
id = "{ANA}"
name = "Ana Lima"
roles = ["engineer", "sme"]
manager = "{RUI}"

[[people]]
id = "{RUI}"
name = "Rui Costa"
roles = ["manager"]
zone = "Asia/Tokyo"
email = "rui.costa@example.com"
hours = "Sun-Tue 9:00-12:00"

[[people]]
id = "webchat/mia"
name = "Mia"

[[people]]
id = "telegram/pirate"
name = "Pirate"
roles = ["admin"]
"""


@pytest.fixture
def team(tmp_path: Path) -> Team:
    return load_team(written(tmp_path, FULL))


def written(folder: Path, text: str) -> Path:
    path = folder / "team.toml"
    path.write_text(textwrap.dedent(text), "utf-8")
    return path


def refused(folder: Path, text: str) -> tuple[int | None, str]:
    with pytest.raises(FileMistake) as caught:
        load_team(written(folder, text))
    assert str(caught.value).startswith(str(folder))
    return caught.value.line, caught.value.sentence


def test_the_defaults_make_the_sources_own_examples_come_out_right() -> None:
    team = load_team()
    assert (team.organisation, team.product, team.portal.name) == ("Microsoft", "Azure", "the Azure portal")
    assert team.times.first_response_hours == {"A": 1, "B": 4, "C": 8}
    assert (team.times.attempts, team.times.attempt_interval_days) == (3, 2)
    assert "by_design" in team.resolution_codes
    assert team.people == {}


def test_a_file_is_laid_over_table_by_table(team: Team) -> None:
    assert team.product == "Contoso Cloud"
    assert team.organisation == "Microsoft"
    assert team.portal.name == "the Contoso portal"
    assert team.portal.url == "https://portal.azure.com"
    assert team.holidays == (date(2026, 12, 24), date(2026, 12, 31))
    assert team.resolution_codes == {"solved": "Done"}, "a list of names is the team's own, whole"
    assert team.places.team is not None
    assert team.places.team.id == "msteams|19:abc@thread.tacv2"


def test_hours_are_read_as_written(team: Team) -> None:
    assert (team.hours.days, team.hours.start, team.hours.end) == ({0, 1, 2, 3}, time(8, 30), time(17))
    rui = team.person(RUI)
    assert rui is not None
    assert rui.hours is not None
    assert rui.hours.days == {6, 0, 1}, "a week may begin on Sunday"


@pytest.mark.parametrize("text", ["Mon-Fri 9:00-18:00", "Mon, Wed, Fri 08:00-12:30", "Sat 0:00-23:59"])
def test_hours_in_words_read_back_the_same(text: str) -> None:
    hours = parse_hours(text)
    assert parse_hours(str(hours)) == hours


@pytest.mark.parametrize("text", ["", "9-18", "Mon-Fri 18:00-9:00", "Mon-Fri 9:00-25:00", "Xyz 9:00-18:00"])
def test_hours_that_cannot_be_meant_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        parse_hours(text)


def test_relations_between_people(team: Team) -> None:
    manager = team.manager_of(ANA)
    assert manager is not None
    assert manager.name == "Rui Costa"
    assert team.manager_of(RUI) is None
    assert team.manager_of("nobody") is None
    assert team.zone_of(RUI) == "Asia/Tokyo"
    assert team.zone_of(ANA) == team.zone_of("nobody") == "Europe/Lisbon"


def test_roles_come_from_the_file_and_a_channel_that_can_be_trusted(team: Team) -> None:
    assert team.roles_of(ANA) == {"engineer", "sme"}
    assert team.roles_of("webchat/mia") == {"engineer"}
    assert team.roles_of("telegram/pirate") == frozenset(), "nothing proves who that is"
    assert team.roles_of(f"{TENANT}/somebody") == frozenset()


def test_in_local_mode_anybody_is_an_engineer_and_keeps_further_roles(team: Team) -> None:
    assert team.roles_of("emulator/u1", local=True) == {"engineer"}
    assert team.roles_of(RUI, local=True) == {"engineer", "manager"}


def test_people_of_the_file_go_before_people_merged_in(team: Team) -> None:
    merged = team.with_people([Person(id=ANA, name="Not Ana"), Person(id="webchat/new", name="New")])
    assert merged.people[ANA].name == "Ana Lima"
    assert merged.people["webchat/new"].name == "New"
    assert "webchat/new" not in team.people


PERSON = '[[people]]\nid = "webchat/a"\nname = "A"\n'


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('\nprodukt = "X"\n', 2, 'Did you mean "product"?'),
        ("product = 3\n", 1, "text in quotes is expected"),
        ("product = \n", 1, "not valid TOML"),
        ('x = "\n\n\n', 1, "not valid TOML"),
        ('[work]\nzone = "Europe/Lisbonn"\n', 2, 'Did you mean "Europe/Lisbon"?'),
        ('[work]\nzone = "Europe"\n', 2, "not an IANA time zone"),
        ('[work]\nzone = "../../etc/passwd"\n', 2, "not an IANA time zone"),
        ('[work]\nhours = "always"\n', 2, "working hours"),
        ('[times]\nattempts = "three"\n', 2, "a whole number is expected"),
        ("[times]\nattempts = 0\n", 2, "a whole number at least 1 is expected here"),
        ("[times]\nladder_minutes = [60, -5]\n", 2, "a whole number at least 1 is expected here"),
        ("[times]\nfirst_response_hours = { A = 0 }\n", 2, "a number above 0 is expected here"),
        ("[times]\nfirst_response_hours = { D = 1 }\n", 2, '"D" is none of A, B, C'),
        ('[times]\nround_the_clock = ["AA"]\n', 2, '"AA" is none of A, B, C'),
        ('[times]\ntriage = "25:99"\n', 2, "not a time such as 9:00"),
        ('[severities]\nZ = "Zero"\n', 1, '"Z" is none of A, B, C'),
        ('[work]\ncountry = "Portugal"\n', 2, 'Did you mean "PT"?'),
        (f'{PERSON}country = "XX"\n', 4, "not a country's code"),
        ("[times]\nlader_minutes = [1]\n", 2, 'Did you mean "ladder_minutes"?'),
        ('[places.team]\nchannel = "msteams"\n', 1, '"conversation" is missing'),
        (f'{PERSON}roles = ["manger"]\n', 4, 'Did you mean "manager"?'),
        (f'{PERSON}email = "a@b"\n', 4, "not an e-mail address"),
        (f'{PERSON}email = "a@b.example, c@d.example"\n', 4, "not an e-mail address"),
        (f'{PERSON}zoen = "UTC"\n', 4, 'Did you mean "zone"?'),
        (f'{PERSON}zone = "Mars/Base"\n', 4, "not an IANA time zone"),
        (f'{PERSON}manager = "webchat/b"\n', 4, "not among the people"),
        (f"{PERSON}\n{PERSON}", 6, "the same id as A"),
        ('[[people]]\nid = "Ana"\nname = "Ana"\n', 2, "not a name"),
        ('[[people]]\nname = "Ana"\n', 1, '"id" is missing'),
        ('[people]\nid = "x"\n', 1, "[[people]]"),
    ],
)
def test_each_mistake_is_one_sentence_with_its_line(tmp_path: Path, text: str, line: int, words: str) -> None:
    at, sentence = refused(tmp_path, text)
    assert words in sentence
    assert at == line
    assert sentence.endswith((".", "?"))
    assert "\n" not in sentence


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileMistake, match="can't be read"):
        load_team(tmp_path / "none.toml")


def test_a_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    path = tmp_path / "team.toml"
    path.write_text('\ufeffproduct = "X"', "utf-8")
    assert load_team(path).product == "X"


def test_the_defaults_are_a_file_that_a_team_can_copy() -> None:
    assert load_team(DEFAULTS) == load_team()


def test_who_is_on_call_and_what_climbs_by_itself(tmp_path: Path) -> None:
    file = tmp_path / "team.toml"
    file.write_text(f'[times]\nclimb_by_itself = true\n\n[[people]]\nid = "{ANA}"\nname = "Ana Lima"\non_call = true\n')
    team = load_team(file)
    assert team.times.climb_by_itself
    assert team.people[ANA].on_call
    assert not load_team().times.climb_by_itself
