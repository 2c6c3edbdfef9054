import { defineRole } from "../role.ts";
import { readConfig } from "./config.ts";
import { startRelay } from "./start.ts";

export const relay = defineRole(readConfig, startRelay);
