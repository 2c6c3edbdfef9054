import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { runInGroup } from "../run-in-group.ts";
import { type KindSchemas, readSchemas } from "./schema.ts";

/** Terraform with an AWS provider that is on this machine already. */
export interface Terraform {
  readonly command: string;
  /** Folder of unpacked providers, as `provider_installation` wants it. */
  readonly plugins: string;
  readonly providerVersion: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Names a folder of unpacked providers: `<host>/hashicorp/aws/<version>/<system>/`. */
const pluginsVariable = "TASK_PLATFORM_TERRAFORM_PLUGINS";

/** Writing the schema of every kind takes longest, up to a minute on two busy cores. */
const commandTimeoutMs = 600_000;

/** Finds both without asking the Terraform registry; else says what is missing. */
export function findTerraform(env: Environment): Terraform | { readonly missing: string } {
  const command = (env.PATH ?? "")
    .split(delimiter)
    .map((folder) => join(folder, "terraform"))
    .find((file) => existsSync(file));
  if (!command) return { missing: "there is no terraform on PATH" };
  for (const plugins of pluginFolders(env)) {
    const versions = providerVersions(plugins);
    const providerVersion = versions.at(-1);
    if (providerVersion) return { command, plugins, providerVersion };
  }
  return {
    missing: `no unpacked AWS provider was found; ${pluginsVariable} may name a folder with <host>/hashicorp/aws in it`,
  };
}

/** Where Terraform itself looks, and where machine images keep such a folder. */
function pluginFolders(env: Environment): readonly string[] {
  const given = [env[pluginsVariable], env.TF_PLUGIN_CACHE_DIR].filter((folder) => folder !== undefined);
  if (env[pluginsVariable] !== undefined) return given;
  const home = env.HOME ?? "";
  const own = [join(home, ".terraform.d", "plugins"), join(home, ".local", "share", "terraform", "plugins")];
  const shared = ["/usr/local/share", "/usr/share"].map((folder) => join(folder, "terraform", "plugins"));
  return [...given, ...own, ...shared, ...subfolders("/opt")];
}

function providerVersions(plugins: string): readonly string[] {
  const found = subfolders(plugins).flatMap((host) => entries(join(host, "hashicorp", "aws")));
  return found
    .filter((name) => /^\d+\.\d+\.\d+$/.test(name))
    .toSorted((a, b) => a.localeCompare(b, "en", { numeric: true }));
}

function entries(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // not there, or not ours to read
  }
}

function subfolders(folder: string): readonly string[] {
  return entries(folder).map((name) => join(folder, name));
}

/** Schemas of the installed provider, cached in a folder, because asking takes 15 s. */
export async function providerSchemas(terraform: Terraform, cacheFolder: string): Promise<KindSchemas> {
  const cached = join(cacheFolder, `aws-provider-${terraform.providerVersion}.json`);
  if (!existsSync(cached)) {
    const configuration = { terraform: { required_providers: { aws: { source: "hashicorp/aws" } } } };
    const text = await inWorkspace(terraform, configuration, (terraformIn) =>
      terraformIn("providers", "schema", "-json"),
    );
    mkdirSync(cacheFolder, { recursive: true });
    // Two processes may write at once: the last one wins, and nobody reads half a file.
    const part = `${cached}.${process.pid}`;
    writeFileSync(part, text);
    renameSync(part, cached);
  }
  return readSchemas(readFileSync(cached, "utf8"));
}

/**
 * Plans a configuration from empty, without any account. A plan begins with the work of `terraform validate`.
 *
 * @returns Terraform's summary line, such as "Plan: 333 to add, 0 to change, 0 to destroy."
 * @throws Error with Terraform's own messages.
 */
export function planFromEmpty(
  terraform: Terraform,
  json: Readonly<Record<string, unknown>>,
): Promise<string> {
  return inWorkspace(terraform, json, async (terraformIn) => {
    const text = await terraformIn("plan", "-no-color", "-input=false", "-lock=false", "-refresh=false");
    return /^Plan: .*$/m.exec(text)?.[0] ?? "no plan";
  });
}

type Run = (...args: readonly string[]) => Promise<string>;

async function inWorkspace(
  terraform: Terraform,
  json: Readonly<Record<string, unknown>>,
  use: (terraformIn: Run) => Promise<string>,
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "task-platform-terraform-"));
  try {
    writeFileSync(join(folder, "main.tf.json"), JSON.stringify(json, null, 2)); // Terraform quotes the line
    writeFileSync(join(folder, "offline_override.tf.json"), JSON.stringify(offlineOverride(json)));
    writeFileSync(join(folder, "terraform.tfvars.json"), JSON.stringify(standInValues(json)));
    const settings = join(folder, "terraform.rc");
    writeFileSync(settings, installFrom(terraform.plugins));
    const env = {
      PATH: process.env.PATH,
      HOME: folder,
      TF_CLI_CONFIG_FILE: settings,
      TF_IN_AUTOMATION: "1",
      CHECKPOINT_DISABLE: "1",
      AWS_EC2_METADATA_DISABLED: "true",
    };
    const terraformIn: Run = async (...args) => {
      const options = { folder, env, timeoutMs: commandTimeoutMs };
      try {
        return (await runInGroup(terraform.command, args, options)).stdout;
      } catch (error) {
        const { cause = "", message } = error as Error;
        throw new Error(`terraform ${args[0]}: ${String(cause).trim() || message}`);
      }
    };
    await terraformIn("init", "-backend=false", "-input=false", "-no-color");
    return await use(terraformIn);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Only this folder: a provider that is not in it must be an error, not a download. */
function installFrom(plugins: string): string {
  return `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(plugins)}\n  }\n}\n`;
}

/** Lets a provider plan without credentials; the values are placeholders. */
function offlineOverride(json: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const providers = (json.provider as { aws?: readonly { alias: string }[] } | undefined)?.aws ?? [];
  const offline = {
    access_key: "offline",
    secret_key: "offline",
    // Only an API call would tell which account it is.
    allowed_account_ids: [],
    skip_credentials_validation: true,
    skip_metadata_api_check: true,
    skip_region_validation: true,
    skip_requesting_account_id: true,
  };
  return { provider: { aws: providers.map(({ alias }) => ({ alias, ...offline })) } };
}

/** Long enough for every rule about the length of a password. */
function standInValues(json: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.keys((json.variable as object | undefined) ?? {}).map((name) => [name, "stand-in".repeat(3)]),
  );
}
