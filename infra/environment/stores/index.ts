export { growthProblems } from "./check-growth.ts";
export { kafkaCopyProblems, kafkaSourceProblems } from "./check-kafka-copy.ts";
export { restoreConfigProblems } from "./check-restore.ts";
