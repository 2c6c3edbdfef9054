import type ts from "typescript";
import { memberUses } from "../members.ts";

/** Places where a source reads environment variables. */
export function variableReads(source: ts.SourceFile): string[] {
  const lines = memberUses(source)
    .filter(({ path }) => /^node:process:(env\b|\*)/.test(path))
    .map(({ line }) => `line ${line}: process.env`);
  return [...new Set(lines)];
}

/** Files of a service that read environment variables: its `config.ts`, and the parser that all of them share. */
export function mayReadVariables(file: string): boolean {
  return /^apps\/([^/]+\/)+config\.ts$/.test(file) || file.startsWith("apps/runtime/src/config/");
}

/** Tools start other programs, which get the variables of the caller; each has its reason. */
export const toolsThatReadVariables: Readonly<Record<string, string>> = {
  "tools/bench":
    "gives its services the PATH and nothing else of the machine, and reads the address for the bare server",
  "tools/cache": "puts downloads and builds where the caller keeps caches",
  "tools/deploy": "passes the variables of the caller, such as AWS credentials, to the Pulumi CLI",
  "tools/engine": "finds or builds the Pulumi CLI by PATH, and passes PATH and the settings of Go to it",
  "tools/local":
    "uses back ends whose addresses the caller gives, and passes the rest to Java and PostgreSQL",
  "tools/render": "passes PATH and proxies to Terraform and Checkov",
  "tools/setup": "runs before anything is installed, and asks whether it runs in CI and by which npm",
};
