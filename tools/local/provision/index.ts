export { createDatabase } from "./database.ts";
export { createTopics } from "./topics.ts";
export { enableZstd } from "./zstd.ts";
