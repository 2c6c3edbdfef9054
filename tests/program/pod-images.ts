import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import ts from "typescript";

const sdk = dirname(createRequire(import.meta.url).resolve("@pulumi/kubernetes/package.json"));

/** Interfaces of core/v1 in the declarations of the SDK, which follow the schema of Kubernetes. */
function coreInterfaces(): ReadonlyMap<string, ts.InterfaceDeclaration> {
  const file = join(sdk, "types", "input.d.ts");
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
  const inside = (nodes: readonly ts.Node[], name: string): readonly ts.Node[] =>
    nodes.flatMap((node) =>
      ts.isModuleDeclaration(node) && node.name.text === name && node.body && ts.isModuleBlock(node.body)
        ? [...node.body.statements]
        : [],
    );
  const found = inside(inside([...source.statements], "core"), "v1").filter(ts.isInterfaceDeclaration);
  return new Map(found.map((one) => [one.name.text, one]));
}

/** Names of interfaces of core/v1 inside a type. */
function namesIn(node: ts.Node): readonly string[] {
  const here =
    ts.isTypeReferenceNode(node) && ts.isQualifiedName(node.typeName) ? [node.typeName.right.text] : [];
  const deeper: string[] = [];
  ts.forEachChild(node, (child) => {
    deeper.push(...namesIn(child));
  });
  return [...here, ...deeper];
}

/** Fields whose description speaks of the image of a container, and that hold none. */
const holdNone: ReadonlySet<string> = new Set([
  "args",
  "bindMountOptions",
  "command",
  "imagePullPolicy",
  "pullPolicy",
  "runAsNonRoot",
  "runAsUser",
  "runAsUserName",
  "supplementalGroups",
  "workingDir",
]);

/**
 * Paths of all fields in a pod spec whose name or description speaks of an image, such as "containers.image". The schema is
 * that of the SDK: a new version of it brings the fields of a new Kubernetes.
 */
export function imageFields(): readonly string[] {
  const interfaces = coreInterfaces();
  const visit = (name: string, at: readonly string[], above: readonly string[]): readonly string[] => {
    const found = interfaces.get(name);
    if (!found || above.includes(name)) return [];
    return found.members.filter(ts.isPropertySignature).flatMap((member) => {
      if (!member.type || !ts.isIdentifier(member.name)) return [];
      const path = [...at, member.name.text];
      const text = member.getFullText();
      const inner = namesIn(member.type).flatMap((type) => visit(type, path, [...above, name]));
      const plain = !namesIn(member.type).some((type) => interfaces.has(type));
      return plain && !holdNone.has(member.name.text) && /image|\bOCI\b/i.test(text)
        ? [path.join(".")]
        : inner;
    });
  };
  return [...new Set(visit("PodSpec", [], []))].toSorted();
}
