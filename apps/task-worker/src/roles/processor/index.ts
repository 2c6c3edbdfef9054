import { defineRole } from "../role.ts";
import { readConfig } from "./config.ts";
import { startProcessor } from "./start.ts";

export const processor = defineRole(readConfig, startProcessor);
