// Draws a card into the page and says what is wrong with it.

import { colours, hostConfig } from "./look.js";

const AC = window.AdaptiveCards;
const markdown = window.markdownit({ html: false, linkify: false });
// The subset that Teams documents for cards: bold, italic, lists, links.
markdown.disable(["heading", "lheading", "table", "image", "code", "fence", "backticks", "blockquote", "hr"], true);
AC.AdaptiveCard.onProcessMarkdown = (text, result) => {
  result.outputHtml = markdown.render(text);
  result.didProcess = true;
};

// The renderer checks "lang" with a regular expression that remembers where it stopped: each second card is refused.
const LANG = 'Invalid value "en" for property "lang".';

window.drawCard = (json) => {
  const wrong = [];
  const context = new AC.SerializationContext();
  const card = new AC.AdaptiveCard();
  card.hostConfig = new AC.HostConfig(hostConfig(colours()));
  card.parse(withLinks(json), context);
  for (let i = 0; i < context.eventCount; i++) wrong.push(told(context.getEventAt(i)));
  for (const event of card.validateProperties().validationEvents) wrong.push(told(event));
  wrong.splice(0, wrong.length, ...wrong.filter((each) => !each.endsWith(LANG)));

  const box = document.getElementById("cm-chat");
  const drawn = card.render();
  if (!drawn) return [...wrong, "nothing is drawn"];
  box.replaceChildren(drawn);
  showHidden(card);

  const edge = box.getBoundingClientRect().right + 0.5;
  for (const node of box.querySelectorAll("*"))
    if (node.checkVisibility() && node.getBoundingClientRect().right > edge)
      wrong.push(`past the edge at ${innerWidth} px: ${node.className || node.tagName} “${node.textContent.slice(0, 40)}”`);
  // Teams cuts a row of buttons off where the local page wraps it.
  for (const row of box.querySelectorAll(".ac-actionSet"))
    if (new Set([...row.querySelectorAll(".ac-pushButton")].map((button) => button.offsetTop)).size > 1)
      wrong.push(`a row of buttons is too wide at ${innerWidth} px: “${row.textContent}”`);
  for (const button of box.querySelectorAll(".ac-pushButton"))
    for (const part of [button, ...button.children])
      if (part.scrollWidth > part.clientWidth + 1) wrong.push(`button title cut off at ${innerWidth} px: “${button.textContent}”`);
  for (const input of box.querySelectorAll(".ac-input:is(input, textarea, select)"))
    if (!input.labels?.length && !input.getAttribute("aria-label") && !input.getAttribute("aria-labelledby"))
      wrong.push(`an input without a label: ${input.id}`);
  return wrong;
};

function told({ event, message }) {
  return `${AC.ValidationEvent[event]}: ${message}`;
}

// Our cards name mails to open; what leaves for the channel has links instead.
function withLinks(part) {
  if (Array.isArray(part)) return part.map(withLinks);
  if (part === null || typeof part !== "object") return part;
  if (part.type === "Action.OpenMail") {
    const { draft_id, ...rest } = part;
    return { ...rest, type: "Action.OpenUrl", url: "https://casemate.invalid/mail" };
  }
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, withLinks(value)]));
}

// What stands under “More” must look well too.
function showHidden(card) {
  const visit = (element) => {
    element.isVisible = true;
    for (let i = 0; element.getItemCount && i < element.getItemCount(); i++) visit(element.getItemAt(i));
  };
  visit(card);
}
