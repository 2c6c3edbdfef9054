export {
  cacheKeyPrefix,
  consumerGroups,
  database,
  defaultBindAddress,
  namespace,
  ports,
  probePaths,
  secrets,
  type Variable,
  variables,
} from "./names.ts";
export { nearest } from "./nearest.ts";
export { partitionOf } from "./partition.ts";
export { taskService, watchTasks } from "./proto.ts";
export { restApi } from "./rest-api.ts";
export { type SagaState, type StepState, sagaStates, stepStates } from "./sagas.ts";
export {
  type EventType,
  encodeTaskEvent,
  eventTypes,
  splitTaskEvent,
  type TaskEvent,
  type TaskEventParts,
  taskEventReader,
  taskEventSchema,
  taskEventSchemas,
  taskEventSchemaVersion,
  taskEventSubject,
} from "./task-event.ts";
export { allTopics, retryDelays, topics } from "./topics.ts";
export { withoutUserInfo } from "./user-info.ts";
export { frame, unframe } from "./wire-format.ts";
