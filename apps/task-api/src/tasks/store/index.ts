export { type ChangeNotice, changesChannel, readChangeNotice } from "./change-notice.ts";
export { ChangeSignals } from "./change-signals.ts";
export { type CreateOutcome, type CreateRow, createRows } from "./create-rows.ts";
export { lockTask, lockUser, TurnTaken } from "./locks.ts";
export { newest, readPageToken, writePageToken } from "./page-token.ts";
export { PageTokenKeys } from "./page-token-keys.ts";
export { Pages } from "./pages.ts";
export { countTasks, findActivity, findTask, type TaskActivity } from "./reads.ts";
export { removeTask, saveTask } from "./writes.ts";
