import type { Problem } from "../../base/core/index.ts";

/** A host and nothing else, because it becomes a part of an expression. */
const host = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d+)?$/;

/** Everything wrong with the hosts that images may come from. */
export function imageHostProblems(imageHosts: readonly string[]): Problem[] {
  const wrong = imageHosts.filter((one) => !host.test(one));
  if (imageHosts.length > 0 && wrong.length === 0) return [];
  return [
    {
      argument: "imageHosts",
      given: imageHosts.length === 0 ? "none" : wrong.map((one) => `"${one}"`).join(", "),
      allowed: "one host or more, without scheme and path",
      fix: "write the part of an image name before the first slash",
    },
  ];
}
