import { makeUrn, type PlanMode } from "../model/index.ts";
import { type Names, type Registration, unknown } from "../protocol/index.ts";

interface ProviderSettings extends Names {
  readonly mode: PlanMode;
  readonly config: Readonly<Record<string, string>>;
}

const defaultName = /::pulumi:providers:[^:]+::default(_[^:]*)?$/;

/** Package of a type token: "aws" of "aws:ec2/vpc:Vpc". */
export function packageOf(type: string): string {
  return type.split(":")[0] ?? type;
}

/** The reference is the provider's URN and its id. */
export function withoutId(reference: string): string {
  return reference.slice(0, Math.max(0, reference.lastIndexOf("::")));
}

/** Made by the engine, so a preview does not list it and no plan has it. */
export function isDefaultProvider(urn: string): boolean {
  return defaultName.test(urn);
}

/** Components need none, except those whose children a plugin makes; the engine's own types need none. */
export function needsProvider(resource: Pick<Registration, "type" | "custom" | "remote">): boolean {
  return (resource.custom || resource.remote) && packageOf(resource.type) !== "pulumi";
}

/** Packages whose default provider the stack file turns off, so that no resource lands in an account by chance. */
export function refusesDefault(type: string, config: Readonly<Record<string, string>>): boolean {
  const refused = JSON.parse(config["pulumi:disable-default-providers"] ?? "[]") as string[];
  return refused.includes(packageOf(type)) || refused.includes("*");
}

/** Reference to what the engine puts in where no provider is given; empty where it would refuse to. */
export function defaultProvider(registration: Registration, settings: ProviderSettings): string {
  const name = packageOf(registration.type);
  if (!needsProvider(registration) || refusesDefault(registration.type, settings.config)) return "";
  const own =
    registration.version === "" ? "default" : `default_${registration.version.replaceAll(/[.+-]/g, "_")}`;
  const urn = makeUrn(settings.stack, settings.project, "", `pulumi:providers:${name}`, own);
  return `${urn}::${settings.mode === "preview" ? unknown : "planned"}`;
}
