/** The features that decide whether shared messages can be asked for (FACTS, Seen in RingCentral's own client). */
export const FEATURES = ['SharedVoicemail', 'CallQueueSmsRecipient'] as const;

export type Feature = (typeof FEATURES)[number];

/** The query parameters that ask for shared messages, with the features of which one is needed for each. */
const NEEDED: Readonly<Record<string, readonly Feature[]>> = {
  owner: FEATURES,
  ownerExtensionType: FEATURES,
  voicemailOwner: ['SharedVoicemail'],
};

export const OWNER_PARAMETERS: readonly string[] = Object.keys(NEEDED);

/** The features of the extension; all of them are available to begin with. */
export class Features {
  readonly available = new Set<Feature>(FEATURES);

  /** The first of `parameters` that the extension may not use. */
  firstRefused(parameters: readonly string[]): string | undefined {
    return parameters.find((name) => NEEDED[name]?.every((feature) => !this.available.has(feature)));
  }
}
