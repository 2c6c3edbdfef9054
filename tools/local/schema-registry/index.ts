export { startSchemaRegistry } from "./server.ts";
