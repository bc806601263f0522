// The local page: who one is, where one is, and Web Chat between.

import { colours, hostConfig, styleOptions } from "./look.js";
import { avatars, badge, grouping, names } from "./people.js";

const $ = (id) => document.getElementById(`cm-${id}`);
const facts = JSON.parse($("facts").textContent);
const nonce = document.querySelector("script[nonce]").nonce;

const asked = new URLSearchParams(location.search);
const me = facts.people.find(({ id }) => id === (asked.get("as") || remembered("casemate-person"))) || facts.people[0];
const place = asked.get("in") === "team" ? "team" : "own";
const address = (person, where) => `/?as=${person}&in=${where}`;

// ---- the frame

remember(localStorage, "casemate-person", me.id);
history.replaceState(null, "", address(me.id, place));
const where = place === "team" ? facts.team : facts.bot.name;
document.title = `${me.name.split(" ")[0]} · ${where}`;

for (const person of facts.people) {
  $("person").add(new Option(person.name, person.id, false, person === me));
  const link = document.createElement("a");
  link.className = "cm-item";
  link.href = address(person.id, place);
  const label = document.createElement("span");
  const name = document.createElement("b");
  const title = document.createElement("small");
  name.textContent = person.name;
  title.textContent = person.title;
  label.append(name, title);
  link.append(badge(person, facts.people), label);
  if (person === me) link.setAttribute("aria-current", "true");
  const row = document.createElement("li");
  row.append(link);
  $("people").append(row);
}
$("person").onchange = () => location.assign(address($("person").value, place));
$("own").href = address(me.id, "own");
$("team").href = address(me.id, "team");
$(place).setAttribute("aria-current", "page");
$("team-name").textContent = facts.team;
$("place").textContent = where;
$("top-badge").classList.add(place === "team" ? "cm-badge-team" : "cm-badge-bot");
$("top-icon").setAttribute("href", place === "team" ? "#cm-icon-team" : "#cm-icon-bot");
const firstNames = facts.people.map(({ name }) => name.split(" ")[0]).join(", ");
$("about").textContent =
  place === "team"
    ? `${firstNames}. ${facts.bot.name} hears what begins with / or @${facts.bot.name}`
    : `Your own chat, ${me.name.split(" ")[0]}. Nobody else reads here`;
$("empty-title").textContent = place === "team" ? `This is the ${facts.team.toLowerCase()}’s channel` : `Hello, ${me.name.split(" ")[0]}`;
$("empty-text").textContent = "Nothing has been said here yet. Type below, or begin with one of these:";

// ---- trouble

const troubles = new Map();
function trouble(kind, text) {
  if (text) troubles.set(kind, text);
  else troubles.delete(kind);
  $("note").textContent = [...troubles.values()][0] || "";
  $("note").hidden = troubles.size === 0;
}

function remember(store, key, value) {
  try {
    store.setItem(key, value);
  } catch {
    // storage is switched off: the page only forgets
  }
}

function remembered(key, store = localStorage) {
  try {
    return store.getItem(key);
  } catch {
    return null;
  }
}

// ---- Web Chat

const script = document.createElement("script");
script.nonce = nonce;
script.src = facts.webchat;
script.integrity = facts.integrity;
script.crossOrigin = "anonymous";
script.onload = start;
script.onerror = () =>
  trouble("webchat", "The chat window could not be loaded. Is there a connection to the internet? Without one, run “npm ci” once beforehand and reload.");
document.head.append(script);

function start() {
  const { createDirectLine, createStore, renderWebChat } = window.WebChat;
  const halfTyped = `casemate-typed-${me.id}-${place}`;
  const store = createStore({}, ({ dispatch }) => (next) => (action) => {
    const activity = action.type.startsWith("DIRECT_LINE/") && action.payload && action.payload.activity;
    if (activity && activity.type === "event") {
      if (activity.name === facts.events.reset) return location.reload();
      if (activity.name === facts.events.deleted)
        return dispatch({ type: "DIRECT_LINE/DELETE_ACTIVITY", payload: { activityID: activity.value } });
    }
    if (action.type === "WEB_CHAT/SET_SEND_BOX") remember(sessionStorage, halfTyped, action.payload.text);
    return next(action);
  });
  const connect = (more) => createDirectLine({ domain: `${location.origin}/directline`, token: `${me.id}@${place}`, webSocket: true, ...more });
  let directLine = connect({});

  const look = () => {
    const c = colours();
    return { styleOptions: styleOptions(c), adaptiveCardsHostConfig: hostConfig(c) };
  };
  const fixed = {
    store,
    nonce,
    locale: "en-US",
    userID: me.id,
    username: me.name,
    sendTypingIndicator: place === "team",
    overrideLocalizedStrings: { TEXT_INPUT_PLACEHOLDER: place === "team" ? `Message ${facts.team}, or /help` : "Type a message, or /help" },
    avatarMiddleware: avatars(facts),
    activityMiddleware: names(),
    groupActivitiesMiddleware: grouping(),
  };
  const draw = () => renderWebChat({ directLine, ...fixed, ...look() }, $("chat"));
  draw();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);

  const typed = remembered(halfTyped, sessionStorage);
  if (typed) store.dispatch({ type: "WEB_CHAT/SET_SEND_BOX", payload: { text: typed } });
  const say = (text) => store.dispatch({ type: "WEB_CHAT/SEND_MESSAGE", payload: { method: "keyboard", text } });
  for (const starter of document.querySelectorAll("[data-say]")) starter.onclick = () => say(starter.dataset.say);

  let known = false; // whether the transcript has come: before that, nobody knows that it is empty
  const emptiness = () => {
    $("empty").hidden = !known || store.getState().activities.some(({ type }) => type === "message");
  };
  store.subscribe(emptiness);
  const online = directLine.connectionStatus$.subscribe((status) => {
    if (status === 2) setTimeout(() => ((known = true), emptiness()), 400);
  });

  // A server that was started anew: go on where the transcript stands. Web Chat's own attempts come late and then
  // end; a page loaded anew would lose what is half typed in its forms.
  watch(() => {
    online.unsubscribe();
    const { conversationId, watermark } = directLine;
    directLine = connect({ conversationId, watermark });
    draw();
  });
}

// Web Chat does not tell that a server is gone, either. A socket of our own does, and sees another run of it.
function watch(onAnother) {
  let boot = "";
  const open = () => {
    const socket = new WebSocket(`ws://${location.host}/local/alive`);
    socket.onmessage = ({ data }) => {
      if (boot) onAnother();
      boot = data;
      trouble("server", "");
    };
    socket.onclose = () => {
      trouble("server", `${facts.bot.name} is not running. Start it again, and this page goes on by itself.`);
      setTimeout(open, 1000);
    };
  };
  open();
}
