import type { Rule } from "../kit/index.ts";
import { baseRules } from "./base/index.ts";
import { clusterWardRules } from "./cluster/index.ts";
import { deliveryRules } from "./delivery/index.ts";
import { networkWardRules } from "./network/index.ts";
import { storeRules } from "./stores/index.ts";
import { watchRules } from "./watch/index.ts";

/** Every rule of the pack, ward by ward as in `components/`. */
export const rules: readonly Rule[] = [
  ...baseRules,
  ...networkWardRules,
  ...clusterWardRules,
  ...storeRules,
  ...watchRules,
  ...deliveryRules,
];
