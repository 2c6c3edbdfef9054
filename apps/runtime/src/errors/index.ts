export { errorCode, errorMessage, ServiceError, UsageError, unreachable } from "./errors.ts";
