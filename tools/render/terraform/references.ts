import type { PlannedResource } from "../../plan/index.ts";
import { terraformKind } from "./names.ts";

/** Outputs that every kind of Terraform has under the same name, or nearly every one. */
const referable = ["id", "arn"] as const;

/** Kinds without an `arn` in Terraform, where Pulumi's resource has none either or fills it in by itself. */
const kindsWithoutArn: ReadonlySet<string> = new Set(["aws_securityhub_account"]);

/** The Terraform address of each resource in a plan, and the references between them. */
export class Addresses {
  readonly #byUrn = new Map<string, string>();
  readonly #resources = new Map<string, PlannedResource>();
  readonly #referred = new Map<string, Set<string>>();

  constructor(resources: readonly PlannedResource[]) {
    const taken = new Set<string>();
    for (const resource of resources) {
      const plain = `${terraformKind(resource.type)}.${identifier(resource.name)}`;
      let address = plain;
      for (let count = 2; taken.has(address); count++) address = `${plain}_${count}`;
      taken.add(address);
      this.#byUrn.set(resource.urn, address);
      this.#resources.set(resource.urn, resource);
    }
  }

  of(urn: string): string | undefined {
    return this.#byUrn.get(urn);
  }

  /** The expression for a text that is the id or ARN of a resource its property was made from; else undefined. */
  referenceTo(text: string, resource: PlannedResource, inputPath: string): string | undefined {
    const property = inputPath.split(/[.[]/)[0] ?? "";
    for (const urn of resource.options.propertyDependencies[property] ?? []) {
      const source = this.#resources.get(urn);
      const address = this.#byUrn.get(urn);
      if (!source || address === undefined) continue;
      const kind = terraformKind(source.type);
      const output = referable.find(
        (name) => outputOf(source, name) === text && !(name === "arn" && kindsWithoutArn.has(kind)),
      );
      if (output === undefined) continue;
      this.#referred.set(resource.urn, (this.#referred.get(resource.urn) ?? new Set()).add(address));
      return `\${${address}.${output}}`;
    }
    return undefined;
  }

  /** Addresses of dependencies that no reference expresses; call it after the references of the resource are made. */
  dependenciesOf(resource: PlannedResource): readonly string[] {
    const referred = this.#referred.get(resource.urn);
    return resource.options.dependencies
      .flatMap((urn) => this.#byUrn.get(urn) ?? [])
      .filter((address) => !referred?.has(address))
      .toSorted();
  }
}

function outputOf(resource: PlannedResource, name: (typeof referable)[number]): unknown {
  return name === "id" ? resource.id : resource.outputs[name];
}

/** Name of a provider from its reference `urn::id`; empty for none. */
export function urnOfProvider(reference: string): string {
  return reference.split("::").at(-2) ?? "";
}

function identifier(name: string): string {
  const clean = name.replace(/[^A-Za-z0-9_-]/g, "-");
  return /^[A-Za-z_]/.test(clean) ? clean : `_${clean}`;
}
