export { type Area, typesOf } from "./areas.ts";
export type { DeployScope } from "./args.ts";
export { type Choice, choiceActions, choices } from "./choice-actions.ts";
export { linkedRoles } from "./linked-roles.ts";
export { roleActions, roleStatements } from "./role-statements.ts";
export { changeStatements, serviceStatements } from "./statements.ts";
