export {
  mostErrorsShown,
  Problem,
  type ProblemCode,
  type ProblemDetail,
  problemBody,
} from "./problem.ts";
export { problemOf } from "./problem-of.ts";
export { schemaProblem } from "./schema-problem.ts";
