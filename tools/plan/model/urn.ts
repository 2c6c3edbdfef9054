/** The root of every program. */
export const stackType = "pulumi:pulumi:Stack";

/** URN as the engine makes it: the whole chain of component types, the stack left out. */
export function makeUrn(stack: string, project: string, parent: string, type: string, name: string): string {
  const chain = parent === "" ? "" : qualifiedType(parent);
  const qualified = chain === "" || chain === stackType ? type : `${chain}$${type}`;
  return `urn:pulumi:${stack}::${project}::${qualified}::${name}`;
}

/** Type chain of a URN. */
export function qualifiedType(urn: string): string {
  return urn.split("::")[2] ?? "";
}

/** Logical name of a URN; names may hold "::". */
export function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}
