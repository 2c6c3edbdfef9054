export { readActions, topicReads } from "./read-actions.ts";
export { readStatements, topicResources } from "./statements.ts";
