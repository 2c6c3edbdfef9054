export { createRole, type ReadyRole, type RoleArgs } from "./roles.ts";
