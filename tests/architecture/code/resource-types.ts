import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import ts from "typescript";
import { walk } from "../syntax.ts";

const require = createRequire(import.meta.url);
const sdk = (name: string): string => dirname(require.resolve(`@pulumi/${name}/package.json`));
const sdks: Readonly<Record<string, string>> = {
  aws: sdk("aws"),
  eks: sdk("eks"),
  kubernetes: sdk("kubernetes"),
  random: sdk("random"),
};

/** Resource types that a source names, such as "aws:s3/bucket:Bucket". */
export function namedTypes(source: ts.SourceFile): string[] {
  const found = new Set<string>();
  walk(source, (node) => {
    if (ts.isStringLiteralLike(node) && /^(aws|eks|kubernetes|random):[\w./-]+:[A-Z]\w*$/.test(node.text)) {
      found.add(node.text);
    }
  });
  return [...found];
}

/** Whether the SDK of its provider has a class for a resource type. */
export function isInSdk(type: string): boolean {
  const [provider = "", module = "", name = ""] = type.split(":");
  const file = `${name.slice(0, 1).toLowerCase()}${name.slice(1)}`;
  const folder = module.replace(/(\.authorization)?(\.k8s\.io|\.sh)/, "").replace(/^index$/, ".");
  const path =
    provider === "kubernetes"
      ? join(folder, file)
      : module === "index"
        ? file
        : module.replace(/^index\//, "");
  const declaration = join(sdks[provider] ?? "", `${path}.d.ts`);
  return existsSync(declaration) && readFileSync(declaration, "utf8").includes(`class ${name} `);
}
