const kinds = ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies", "overrides"];

/** Dependencies of a manifest that are not pinned to one version. */
export function looseVersions(manifest: Readonly<Record<string, unknown>>): string[] {
  return kinds.flatMap((kind) =>
    Object.entries((manifest[kind] ?? {}) as Record<string, unknown>)
      .filter(
        ([, version]) => typeof version !== "string" || !/^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/.test(version),
      )
      .map(([name, version]) => `${kind}: ${name}@${JSON.stringify(version)}`),
  );
}

const scriptLimit = 14;

/** More scripts than one can remember. */
export function tooManyScripts({ scripts = {} }: { readonly scripts?: object }): string[] {
  const count = Object.keys(scripts).length;
  return count > scriptLimit ? [`${count} scripts; allowed: ${scriptLimit}`] : [];
}
