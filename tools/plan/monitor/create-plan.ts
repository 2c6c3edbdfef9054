import { withoutUserInfo } from "@task-platform/contracts";
import type { Plan, PlannedResource } from "../model/index.ts";
import { unwrap } from "../protocol/index.ts";
import type { PlanMonitor } from "./monitor.ts";

interface PlanHeader extends Pick<Plan, "project" | "stack" | "mode" | "config"> {
  readonly secretKeys: readonly string[];
}

/** @throws Error with every problem of the run. */
export function createPlan(monitor: PlanMonitor, { secretKeys, ...header }: PlanHeader): Plan {
  const resources = monitor.finish();
  const outputs = unwrap(monitor.stackOutputs);
  const all = (type: string): readonly PlannedResource[] =>
    resources.filter((resource) => resource.type === type);
  return {
    ...header,
    config: maskKeys(header.config, secretKeys),
    resources,
    outputs: outputs.value as Record<string, unknown>,
    secretOutputs: outputs.secrets,
    all,
    one: (type, name) => {
      const found = all(type).filter((resource) => name === undefined || resource.name === name);
      const [only] = found;
      if (found.length === 1 && only !== undefined) return only;
      const have = all(type).map((resource) => resource.name);
      throw new Error(
        `${found.length} resources of type ${type}${name ? ` named ${name}` : ""}; there are: ${have.join(", ") || "none"}`,
      );
    },
  };
}

function maskKeys(
  config: Readonly<Record<string, string>>,
  secretKeys: readonly string[],
): Record<string, string> {
  const entries = Object.entries(config).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(
    entries.map(([key, value]) => [
      key,
      secretKeys.includes(key) || namesSecret(key) ? "[secret]" : withoutUserInfo(value),
    ]),
  );
}

/** Whether a key is one of a provider that holds a secret, such as `aws:secretKey`, which a stack file may hold in clear text. */
function namesSecret(key: string): boolean {
  return /secret|password|passphrase|token|credential|accesskey|privatekey/i.test(
    key.split(":").at(-1) ?? "",
  );
}
