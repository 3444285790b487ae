/**
 * How many random sequences a mailbox goes through, for each kind of store. Enough to find what breaks when a rule is left out,
 * few enough to wait for.
 */
export const MODEL_RUNS = 25;
