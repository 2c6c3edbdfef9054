/** Type of the root resource of every program. */
export const stackType = "pulumi:pulumi:Stack";

/** A URN as the engine builds it: it contains the types of all parents except the stack. */
export function makeUrn(stack: string, project: string, parent: string, type: string, name: string): string {
  const chain = parent === "" ? "" : qualifiedType(parent);
  const qualified = chain === "" || chain === stackType ? type : `${chain}$${type}`;
  return `urn:pulumi:${stack}::${project}::${qualified}::${name}`;
}

/** The types of a resource and its parents, from a URN. */
function qualifiedType(urn: string): string {
  return urn.split("::")[2] ?? "";
}

/** Logical name in a URN. A name may contain "::". */
export function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}
