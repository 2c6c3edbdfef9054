export {
  type Correlation,
  correlationHeader,
  currentCorrelation,
  traceIdOf,
  withCorrelation,
} from "./correlation.ts";
export { createLogger, type Logger, userHash } from "./logger.ts";
