export {
  mostErrorsShown,
  Problem,
  type ProblemCode,
  problemBody,
} from "./problem.ts";
export { problemOf } from "./problem-of.ts";
export { schemaProblem } from "./schema-problem.ts";
