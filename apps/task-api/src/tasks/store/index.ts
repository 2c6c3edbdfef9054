export { type ChangeNotice, changesChannel, readChangeNotice } from "./change-notice.ts";
export { lockTask, lockUser } from "./locks.ts";
export { newest, readPageToken, writePageToken } from "./page-token.ts";
export { PageTokenKeys } from "./page-token-keys.ts";
export { countTasks, findActivity, findTask, findTasks, type TaskActivity } from "./reads.ts";
export { insertTask, removeTask, saveTask } from "./writes.ts";
