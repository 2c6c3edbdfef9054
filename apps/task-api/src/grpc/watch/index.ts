export { ChangeFeed } from "./change-feed.ts";
export { watchTasks } from "./watch-tasks.ts";
