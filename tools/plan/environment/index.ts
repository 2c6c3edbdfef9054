export { deployProblems, planEnvironment, repositoryRoot } from "./environment.ts";
export { readStackFile, stackNames, unknownEnvironment } from "./stack-file.ts";
