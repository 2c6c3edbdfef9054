import { makeUrn, type PlanMode } from "../model/index.ts";
import { type Names, type Registration, unknown } from "../protocol/index.ts";

interface ProviderSettings extends Names {
  readonly mode: PlanMode;
  readonly config: Readonly<Record<string, string>>;
}

const defaultName = /::pulumi:providers:[^:]+::default(_[^:]*)?$/;

/** Package of a type token, e.g. "aws" for "aws:ec2/vpc:Vpc". */
export function packageOf(type: string): string {
  return type.split(":")[0] ?? type;
}

/** Package that a provider serves, from its URN. Empty without a provider. */
export function providerPackage(urn: string): string {
  return /(?:^|\$)pulumi:providers:(.+)$/.exec(urn.split("::")[2] ?? "")?.[1] ?? "";
}

/** URN of a provider reference, which consists of URN and id. */
export function withoutId(reference: string): string {
  return reference.slice(0, Math.max(0, reference.lastIndexOf("::")));
}

/** The engine creates default providers itself, so neither a preview nor a plan lists them. */
export function isDefaultProvider(urn: string): boolean {
  return defaultName.test(urn);
}

/** Components need no provider, except those whose children are created by a plugin. Types of the engine need none. */
export function needsProvider(resource: Pick<Registration, "type" | "custom" | "remote">): boolean {
  return (resource.custom || resource.remote) && packageOf(resource.type) !== "pulumi";
}

/** Whether the stack file disables the default provider of the package, so that no resource is created in a wrong account. */
export function refusesDefault(type: string, config: Readonly<Record<string, string>>): boolean {
  const refused = JSON.parse(config["pulumi:disable-default-providers"] ?? "[]") as string[];
  return refused.includes(packageOf(type)) || refused.includes("*");
}

/** Reference to the default provider that the engine uses if none is given. Empty if the default provider is disabled. */
export function defaultProvider(registration: Registration, settings: ProviderSettings): string {
  const name = packageOf(registration.type);
  if (!needsProvider(registration) || refusesDefault(registration.type, settings.config)) return "";
  const own =
    registration.version === "" ? "default" : `default_${registration.version.replaceAll(/[.+-]/g, "_")}`;
  const urn = makeUrn(settings.stack, settings.project, "", `pulumi:providers:${name}`, own);
  return `${urn}::${settings.mode === "preview" ? unknown : "planned"}`;
}
