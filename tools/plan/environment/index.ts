export { deployProblems, type EnvironmentOptions, planEnvironment, repositoryRoot } from "./environment.ts";
export { readStackFile, type StackFile, stackNames } from "./stack-file.ts";
