export {
  mostErrorsShown,
  Problem,
  type ProblemBody,
  type ProblemCode,
  type ProblemDetail,
  problemBody,
  problemCodes,
} from "./problem.ts";
export { problemOf, schemaProblem } from "./problem-of.ts";
