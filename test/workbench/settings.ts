/** Settings that make a workbench the same everywhere, and keep it from talking to the world and of itself. */
export const quietSettings: Readonly<Record<string, unknown>> = {
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'extensions.ignoreRecommendations': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'git.enabled': false,
  'remote.autoForwardPorts': false,
  'window.commandCenter': false,
};

/** Milliseconds; longer than any test takes. */
const NO_HOVER_MS = 3_600_000;

/** Settings that keep a workbench from doing anything by itself while a test works in it. */
export const testSettings: Readonly<Record<string, unknown>> = {
  // A hover that opens where the pointer happens to rest would lie over what is clicked next.
  'workbench.hover.delay': NO_HOVER_MS,
  'workbench.reduceMotion': 'on',
  // A voicemail that a test has delivered would be told of while it does something else; those about notifications want them.
  'ringcentralMailbox.notifications.mode': 'off',
};
