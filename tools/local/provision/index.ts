export { createDatabase } from "./database.ts";
export { createTopics } from "./topics.ts";
