import type ts from "typescript";
import { memberUses } from "../members.ts";

/** What reads the configuration, the stack's name or the settings of a provider. */
const readers: readonly RegExp[] = [
  /^@pulumi\/pulumi:(Config|getStack|getProject|getOrganization|\*)$/,
  /^@pulumi\/pulumi:config\b/,
  /^@pulumi\/pulumi:runtime\.(allConfig|getConfig|getConfigEnv|getStack|getProject|getOrganization|\*)$/,
  /^@pulumi\/pulumi:(metadata|runtime\/config|runtime\/settings)\b/,
  /^@pulumi\/(?!pulumi:)[a-z-]+:config\b/,
];

/** Places where a source reads configuration: only `infra/environment` may. */
export function configurationReads(source: ts.SourceFile): string[] {
  return memberUses(source)
    .filter(({ path }) => readers.some((reader) => reader.test(path)))
    .map(({ path, line }) => `line ${line}: ${path.replace(":", " ")}`);
}
