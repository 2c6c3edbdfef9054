import type { Rule } from "../../kit/index.ts";
import { imageRules } from "./images.ts";
import { pipelineRoleRules } from "./pipeline-roles.ts";

/** Rules for image repositories and the roles of the pipeline. */
export const deliveryRules: readonly Rule[] = [...imageRules, ...pipelineRoleRules];
