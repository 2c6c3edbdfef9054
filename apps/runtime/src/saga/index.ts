export { defineSaga, type SagaDefinition, type StepCall, StepRefused } from "./define.ts";
export { createSagaMetrics } from "./metrics.ts";
export { startSagas } from "./start.ts";
export { insertSaga } from "./store.ts";
