export { clientStatements, kafkaStatement, memberArns } from "./client-statements.ts";
export type { TopicSpec } from "./topic-spec.ts";
export { createTopics } from "./topics.ts";
