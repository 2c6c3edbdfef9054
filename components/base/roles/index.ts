export { createRole, type ReadyRole } from "./roles.ts";
