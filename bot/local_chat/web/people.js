// Who said what: names above messages and round pictures beside them, which Web Chat has for two parties only.

// Web Chat brings its own React and keeps it to itself; this is the element that React.createElement would make.
function element(type, props, ...children) {
  const inside = children.length > 1 ? children : children[0];
  return { $$typeof: Symbol.for("react.element"), type, key: null, ref: null, props: { ...props, children: inside }, _owner: null, _store: {} };
}

export function initials(name) {
  return (name || "?").split(/\s+/).map((word) => word[0]).join("").slice(0, 2).toUpperCase();
}

// One of page.css's eight colours, all of which white text can be read on; the demo people have one each.
export function tone(id, people) {
  return Math.max(0, people.findIndex((person) => person.id === id)) % 8;
}

export function badge(person, people) {
  const span = document.createElement("span");
  span.className = `cm-badge cm-tone-${tone(person.id, people)}`;
  span.textContent = initials(person.name);
  span.setAttribute("aria-hidden", "true");
  return span;
}

export function avatars({ bot, people }) {
  return () => () => ({ activity }) => {
    const from = activity.from || {};
    const isBot = from.id === bot.id;
    const look = isBot ? "cm-badge-bot" : `cm-tone-${tone(from.id, people)}`;
    const icon = () => element("svg", {}, element("use", { href: "#cm-icon-bot" }));
    return () => element("span", { className: `cm-badge ${look}`, "aria-hidden": "true" }, isBot ? icon() : initials(from.name));
  };
}

export function names() {
  return () => (next) => (...args) => {
    const render = next(...args);
    const activity = args[0] && args[0].activity;
    if (!render || !activity || activity.from.role === "user") return render;
    return (attachment, props = {}, ...rest) => {
      const drawn = render(attachment, props, ...rest);
      if (!drawn || props.showCallout === false) return drawn;
      return element("div", { className: "cm-named" }, element("div", { className: "cm-name" }, activity.from.name), drawn);
    };
  };
}

// Web Chat groups by role, and all but the viewer have the same one here: group by person.
export function grouping() {
  return () => (next) => ({ activities }) => {
    const groups = [];
    for (const activity of activities) {
      const last = groups.at(-1);
      if (last && last[0].from.id === activity.from.id) last.push(activity);
      else groups.push([activity]);
    }
    return { ...next({ activities }), sender: groups };
  };
}
