export { createApp } from "./app.ts";
export { etagOf, seenVersion } from "./preconditions.ts";
export { listQuery, newTask, pageLimit, taskChanges, taskParameters } from "./schemas.ts";
