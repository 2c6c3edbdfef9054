export { AdmissionPolicy } from "./admission-policy.ts";

export { selectorLabels, standardLabels } from "./labels.ts";
export { WorkloadNamespace } from "./namespace.ts";
export { PriorityClasses, type Urgency } from "./priority-classes.ts";
