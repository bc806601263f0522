// What Web Chat and its Adaptive Cards look like. Colours are page.css's, read anew when the scheme changes.

const FONT = '"Segoe UI Variable Text", "Segoe UI", -apple-system, BlinkMacSystemFont, Roboto, "Noto Sans", "Liberation Sans", system-ui, sans-serif';
const MONO = 'ui-monospace, "Cascadia Mono", Consolas, Menlo, monospace';

export function colours() {
  const style = getComputedStyle(document.documentElement);
  const names = ["canvas", "surface", "sunken", "text", "soft", "line", "accent", "tint", "good", "warn", "bad", "good-tint", "warn-tint", "bad-tint"];
  return Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--cm-${name}`).trim()]));
}

export function styleOptions(c) {
  return {
    primaryFont: FONT,
    monospaceFont: MONO,
    accent: c.accent,
    subtle: c.soft,
    backgroundColor: c.canvas,
    paddingRegular: 12,
    paddingWide: 16,
    avatarSize: 32,
    botAvatarInitials: "·", // any: avatars are drawn by people.js
    userAvatarInitials: "·",
    showAvatarInGroup: "sender",
    bubbleBackground: c.surface,
    bubbleTextColor: c.text,
    bubbleBorderColor: c.line,
    bubbleBorderRadius: 8,
    bubbleMaxWidth: 620,
    bubbleMinWidth: 40,
    bubbleMinHeight: 36,
    bubbleFromUserBackground: c.tint,
    bubbleFromUserTextColor: c.text,
    bubbleFromUserBorderColor: c.tint,
    bubbleFromUserBorderRadius: 8,
    messageActivityWordBreak: "break-word",
    markdownRenderHTML: false,
    groupTimestamp: 60000,
    timestampColor: c.soft,
    timestampFormat: "relative",
    transcriptActivityVisualKeyboardIndicatorColor: c.accent,
    transcriptVisualKeyboardIndicatorColor: c.accent,
    transcriptTerminatorBackgroundColor: c.soft,
    transcriptOverlayButtonBackground: c.surface,
    transcriptOverlayButtonColor: c.text,
    transcriptOverlayButtonBackgroundOnHover: c.sunken,
    transcriptOverlayButtonColorOnHover: c.text,
    transcriptOverlayButtonBackgroundOnFocus: c.sunken,
    transcriptOverlayButtonColorOnFocus: c.text,
    hideUploadButton: true,
    sendBoxBackground: c.surface,
    sendBoxTextColor: c.text,
    sendBoxPlaceholderColor: c.soft,
    sendBoxHeight: 44,
    sendBoxMaxHeight: 160,
    sendBoxTextWrap: true,
    sendBoxButtonColor: c.soft,
    sendBoxButtonColorOnHover: c.accent,
    sendBoxButtonColorOnFocus: c.accent,
    sendBoxButtonShadeBorderRadius: 6,
    sendBoxBorderTop: "none",
    suggestedActionLayout: "flow",
    suggestedActionBackgroundColor: c.surface,
    suggestedActionBorderColor: c.line,
    suggestedActionBorderRadius: 6,
    suggestedActionBorderWidth: 1,
    suggestedActionTextColor: c.accent,
    suggestedActionHeight: 36,
    adaptiveCardsParserMaxVersion: "1.6",
  };
}

export function hostConfig(c) {
  const shade = (colour, subtle = colour) => ({ default: colour, subtle });
  const foregroundColors = {
    default: shade(c.text, c.soft),
    dark: shade(c.text, c.soft),
    light: shade(c.soft),
    accent: shade(c.accent),
    good: shade(c.good),
    warning: shade(c.warn),
    attention: shade(c.bad),
  };
  const box = (backgroundColor) => ({ backgroundColor, borderColor: c.line, foregroundColors });
  const font = (fontFamily) => ({
    fontFamily,
    fontSizes: { small: 12, default: 14, medium: 16, large: 18, extraLarge: 24 },
    fontWeights: { lighter: 300, default: 400, bolder: 600 },
  });
  return {
    supportsInteractivity: true,
    fontTypes: { default: font(FONT), monospace: font(MONO) },
    textStyles: { heading: { size: "large", weight: "bolder" }, columnHeader: { weight: "bolder" } },
    spacing: { small: 4, default: 8, medium: 12, large: 20, extraLarge: 28, padding: 16 },
    separator: { lineThickness: 1, lineColor: c.line },
    containerStyles: {
      default: box(c.surface),
      emphasis: box(c.sunken),
      accent: box(c.tint),
      good: box(c["good-tint"]),
      warning: box(c["warn-tint"]),
      attention: box(c["bad-tint"]),
    },
    actions: {
      maxActions: 6,
      buttonSpacing: 8,
      actionsOrientation: "horizontal",
      actionAlignment: "left",
      showCard: { actionMode: "inline", inlineTopMargin: 12 },
    },
    inputs: {
      label: {
        inputSpacing: "small",
        requiredInputs: { weight: "bolder", suffix: " *", suffixColor: "attention" },
        optionalInputs: { weight: "bolder" },
      },
      errorMessage: { color: "attention", weight: "default", spacing: "small" },
    },
    factSet: {
      title: { weight: "default", isSubtle: true, wrap: true, maxWidth: 150 },
      value: { wrap: true },
      spacing: 16,
    },
    imageSizes: { small: 32, medium: 52, large: 100 },
    table: { cellSpacing: 8 },
  };
}
