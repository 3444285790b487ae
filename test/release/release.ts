/** What must be true of a version before it is published. */

export interface Release {
  /** Of git, as `v1.2.3`. */
  readonly tag: string;
  /** Of package.json. */
  readonly version: string;
  /** CHANGELOG.md as a whole. */
  readonly changelog: string;
}

/** Why a version must not be published, as one sentence each. */
export function releaseProblems({ tag, version, changelog }: Release): string[] {
  const problems: string[] = [];
  // Marketplaces take nothing else: a pre-release is marked as one, and not by its number.
  if (!/^\d+\.\d+\.\d+$/.test(version)) problems.push(`The version ${version} is not three numbers.`);
  if (tag !== `v${version}`) problems.push(`The tag ${tag} is not v${version}, the version of package.json.`);
  const notes = releaseNotes(version, changelog);
  if (notes === undefined) problems.push(`CHANGELOG.md has no section "## ${version}".`);
  if (notes === '') problems.push(`The section "## ${version}" of CHANGELOG.md is empty.`);
  return problems;
}

/** The section of a version in the changelog, without its heading; undefined if there is none. A date may follow the version. */
export function releaseNotes(version: string, changelog: string): string | undefined {
  const section = changelog
    .split(/^## /m)
    .slice(1)
    .find((each) => /^\[?([\w.-]+)/.exec(each)?.[1] === version);
  return section?.replace(/^.*\n?/, '').trim();
}
