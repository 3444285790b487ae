/**
 * The titles of the tests that have failed so far. They are on the global object because every test file is a bundle of its
 * own, with its own copy of this module.
 */
export const failures: string[] = ((globalThis as { integrationFailures?: string[] }).integrationFailures ??=
  []);
