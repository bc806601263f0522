"""The text of a closing mail: edited, mended, made anew, and free of secrets."""

from playbook.model import Draft, DraftVersion, Note
from tests.scenario.scene import KENJI, NUMBER, SOLVED, Scene, inputs


async def test_a_text_edited_while_marking_is_read_first_and_the_time_typed_stays(scene: Scene) -> None:
    chat = scene.chat()
    draft = await scene.drafted(chat)
    scene.clock.tick(hours=3)
    text = inputs(draft)["text"] + "\n\nPS: XXXX"
    await scene.press(chat, draft, "I sent it", text=text, sent_on="2026-11-23", sent_time="11:15")
    assert "The text was changed since it was last read." in draft.words
    assert "TEXT-01" in draft.words
    assert inputs(draft)["text"] == text
    assert (await scene.case()).open
    await scene.press(chat, draft, "I sent it")  # it was sent so: no rule stands in the way of saying it
    assert "Sent 11:15 GMT, marked by Ada Lovelace" in draft.words
    assert not (await scene.case()).open


async def test_line_ends_that_a_client_changes_are_no_edit(scene: Scene) -> None:
    chat = scene.chat()
    draft = await scene.drafted(chat)
    text = inputs(draft)["text"].replace("\n", "\r\n") + "\r\n"
    await scene.press(chat, draft, "I sent it", text=text)
    assert not (await scene.case()).open


async def test_mend_puts_the_missing_lines_in_and_no_finding_is_left(scene: Scene) -> None:
    chat = scene.chat()
    draft = await scene.drafted(chat)
    await scene.press(
        chat, draft, "Check", text="Hello Kenji Tanaka,\n\nAll is well again.\n\nKind regards,\nAda Lovelace"
    )
    assert "LQR-01" in draft.words
    before = draft.words.count("LQR-01")
    await scene.press(chat, draft, "Mend all")
    assert draft.words.count("LQR-01") < before
    assert inputs(draft)["text"].startswith("Hello Kenji Tanaka,")
    assert "All is well again." in inputs(draft)["text"]


async def test_back_to_the_form_keeps_all_and_an_edited_text_unless_the_form_says_something_new(scene: Scene) -> None:
    chat = scene.chat()
    draft = await scene.drafted(chat)
    mine = inputs(draft)["text"] + "\n\nPS: See you in Lisbon."
    form = await scene.press(chat, draft, "Back", text=mine)
    assert inputs(form)["symptom"] == SOLVED["symptom"]
    await scene.press(chat, form, "Draft")
    assert inputs(draft)["text"] == mine
    await scene.press(chat, draft, "Back")
    await scene.press(chat, form, "Draft", cause="A cable was cut.")
    assert "A cable was cut." in inputs(draft)["text"]
    assert "Lisbon" not in inputs(draft)["text"]
    versions = await scene.store.find(DraftVersion)
    assert any("Lisbon" in row.value.text for row in versions.items)  # kept as an earlier version


async def test_secrets_in_a_note_are_masked_before_they_are_kept(scene: Scene) -> None:
    chat = scene.chat()
    await scene.registered(chat)
    await scene.say(chat, f"/note {NUMBER} their password: Sommer2026!x is too weak")
    notes = [fact for fact in await scene.facts() if isinstance(fact, Note)]
    assert len(notes) == 1
    assert "Sommer2026" not in notes[0].text
    assert "is too weak" in notes[0].text


async def test_a_text_that_the_form_made_anew_replaced_comes_back_by_a_click(scene: Scene) -> None:
    chat = scene.chat()
    draft = await scene.drafted(chat)
    mine = inputs(draft)["text"] + "\nPS: Greetings to your team."
    await scene.press(chat, draft, "Check", text=mine)
    await scene.press(chat, draft, "Back")
    await scene.look(minutes=1)
    await scene.press(chat, draft, "Draft", cause="Another rule blocked port 22.")
    await scene.look(minutes=1)
    assert "Made anew from the form." in draft.words
    assert "PS: Greetings" not in inputs(draft)["text"]
    await scene.press(chat, draft, "Earlier text")
    assert inputs(draft)["text"] == mine
    await scene.look(minutes=1)
    await scene.press(chat, draft, "Earlier text")
    assert "Another rule blocked port 22." in inputs(draft)["text"]


async def test_a_secret_in_the_text_is_blotted_out_before_it_is_kept_and_holds_the_mail(scene: Scene) -> None:
    chat = scene.chat()
    draft = await scene.drafted(chat)
    await scene.press(chat, draft, "Check", text=inputs(draft)["text"] + "\nThe password: Winter2024!")
    assert "LEAK-01" in draft.words
    assert "Open mail" not in draft.titles
    kept = [one.text for one in await scene.all(Draft)] + [one.text for one in await scene.all(DraftVersion)]
    assert not [text for text in kept if "Winter2024" in text]
    await scene.press(chat, draft, "Insert")
    assert "Open mail" in draft.titles


BARE = "Hello Kenji Tanaka,\n\nAll is well again.\n\nKind regards,\nAda Lovelace"


async def test_one_finding_s_line_is_put_in_and_the_others_stay_as_they_were(scene: Scene) -> None:
    chat = scene.chat()
    draft = await scene.drafted(chat)
    text = inputs(draft)["text"].replace("Kind regards,", "Until XXX.\n\nKind regards,")
    text = "\n\n".join(part for part in text.split("\n\n") if "survey" not in part)
    await scene.press(chat, draft, "Check", text=text)
    assert "LQR-01.survey" in draft.words
    await scene.press(chat, draft, "Insert", text=text + "\n\nPS: typed meanwhile.")
    assert "LQR-01.survey" not in draft.words
    assert "TEXT-01" in draft.words
    assert "PS: typed meanwhile." in inputs(draft)["text"]


async def test_a_mail_can_be_sent_as_it_is_and_the_rules_then_say_no_more_of_it(scene: Scene) -> None:
    chat = scene.chat()
    draft = await scene.drafted(chat)
    await scene.press(chat, draft, "Check", text=BARE)
    await scene.press(chat, draft, "Send as is")
    assert "LQR-01" not in draft.words
    assert "left as" in draft.words
    await scene.press(chat, draft, "Check", text=BARE + "\n\nTBD")
    assert "TEXT-01" in draft.words  # something new is told
    assert "Open mail" not in draft.titles


async def test_whoever_writes_it_themselves_comes_to_the_text_with_its_gaps_marked(scene: Scene) -> None:
    chat = scene.chat()
    form = await scene.say(chat, f"/lqr {NUMBER} standard-closure")
    await scene.press(chat, form, "Write myself")
    assert "Please fill in" in form.words  # for nobody there is no mail
    draft = await scene.press(chat, form, "Write myself", **KENJI)
    assert "XXX" in inputs(draft)["text"]
    assert "Open mail" not in draft.titles
    assert (await scene.case()).symptom == ""  # a gap is none of the case's facts
