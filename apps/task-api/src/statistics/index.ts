export { mostDays, statisticsQuery } from "./days.ts";
export { listStatistics } from "./list-statistics.ts";
