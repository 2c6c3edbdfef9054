export { type Action, type Invocation, pulumiArguments, readInvocation } from "./command.ts";
