import type { OutputContext } from "./types.ts";

/** The name that was given, or one as the SDK's providers make it: the logical name and seven digits. */
export function nameOf(r: OutputContext, input = "name"): string {
  const given = r.inputs[input];
  return typeof given === "string" ? given : `${r.name}-${r.hash.slice(0, 7)}`;
}
