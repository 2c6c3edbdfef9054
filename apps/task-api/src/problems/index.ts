export {
  Problem,
  type ProblemBody,
  type ProblemCode,
  type ProblemDetail,
  problemBody,
  problemCodes,
} from "./problem.ts";
