export { pulumiArguments, readInvocation } from "./command.ts";
