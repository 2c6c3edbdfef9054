export { shapedProblems } from "./spec-problems.ts";
