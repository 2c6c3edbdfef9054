export { type Registry, type RegistryOptions, startRegistry } from "./server.ts";
