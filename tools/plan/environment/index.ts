export { deployProblems, planEnvironment, repositoryRoot } from "./environment.ts";
export { readStackFile, stackNames } from "./stack-file.ts";
