import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** What the SDK says about the inputs of a resource type. */
export interface TypeFacts {
  /** The input that the provider fills with the logical name and a suffix when the program gives none. */
  readonly autonamed: string | undefined;
  /** Inputs whose change replaces the resource. */
  readonly replacing: ReadonlySet<string>;
}

/** Inputs that hold the physical name. The provider names a resource by the first one that its type has. */
const nameInputs = ["bucket", "name"];

const none: TypeFacts = { autonamed: undefined, replacing: new Set() };
const known = new Map<string, TypeFacts>();

/**
 * Facts of an AWS type from the declaration file of its class: the provider's schema is in no package, but the SDK is
 * generated from it. An optional name is one that the provider can fill; "forces new resource" is in the description.
 */
export function factsOf(type: string): TypeFacts {
  const existing = known.get(type);
  if (existing) return existing;
  const facts = readFacts(type);
  known.set(type, facts);
  return facts;
}

const awsFolder = dirname(createRequire(import.meta.url).resolve("@pulumi/aws/package.json"));

function readFacts(type: string): TypeFacts {
  const [, path = "", kind = ""] = /^aws:([^:]+):(\w+)$/.exec(type) ?? [];
  const file = join(awsFolder, `${path}.d.ts`);
  if (path === "" || !existsSync(file)) return none;
  const text = readFileSync(file, "utf8");
  const body = new RegExp(`export interface ${kind}Args \\{\\n([\\s\\S]*?)\\n\\}`).exec(text)?.[1] ?? "";
  const inputs = [
    ...body.matchAll(/(?: {4}\/\*\*\n((?: {5}\*.*\n)*?) {5}\*\/\n)? {4}(\w+)(\??): pulumi\.Input/g),
  ];
  const optional = new Set(inputs.filter(([, , , mark]) => mark === "?").map(([, , name = ""]) => name));
  return {
    autonamed: nameInputs.find((name) => optional.has(name) && (name !== "bucket" || kind === "Bucket")),
    replacing: new Set(
      inputs
        .filter(([, description = ""]) =>
          /forces (?:a |the creation of a |creation of a )?new resource/i.test(description),
        )
        .map(([, , name = ""]) => name),
    ),
  };
}
