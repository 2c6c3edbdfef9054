export {
  mostErrorsShown,
  Problem,
  type ProblemBody,
  type ProblemCode,
  type ProblemDetail,
  problemBody,
  problemCodes,
} from "./problem.ts";
export { problemOf } from "./problem-of.ts";
export { schemaProblem } from "./schema-problem.ts";
