import type { Rule } from "../../kit/index.ts";
import { alarmRules } from "./alarms.ts";
import { awaitedPolicyRules } from "./awaited-policies.ts";
import { bucketRules } from "./buckets.ts";
import { keyRules } from "./keys.ts";
import { messageRules } from "./messages.ts";
import { permissionRules } from "./permissions.ts";
import { policySizeRules } from "./policy-sizes.ts";
import { programRules } from "./program.ts";
import { roleRules } from "./roles.ts";
import { secretRules } from "./secrets.ts";
import { serviceConditionRules } from "./service-conditions.ts";

/** Rules for what every block uses: alarms, buckets, keys, permissions and their sizes, roles, secrets, topics, and the program itself. */
export const baseRules: readonly Rule[] = [
  ...alarmRules,
  ...awaitedPolicyRules,
  ...bucketRules,
  ...keyRules,
  ...messageRules,
  ...permissionRules,
  ...policySizeRules,
  ...programRules,
  ...roleRules,
  ...secretRules,
  ...serviceConditionRules,
];
